import { regulatorPolicy } from '../../../blueprint/load-shedding';
import { RegionControl } from '../../../lambdas/shared/regulation/region-control';
import { initialState, NOTHING_COUNTED } from '../../../lambdas/shared/regulation/regulation-state';
import { NOW } from '../surroundings';
import { ControlInMemory } from './control-in-memory';

const POLICY = regulatorPolicy(10, 500);

function control() {
  const store = new ControlInMemory();
  return { store, control: new RegionControl(POLICY, store) };
}

describe('The pressure of a region', () => {
  test('is over after three ticks when they find no reason for what one environment has seen', async () => {
    const { store, control: region } = control();
    region.press();
    await region.refresh(NOW);
    expect(store.item.pressedUntil).toBe(NOW + 3 * POLICY.tickMs);
    for (const second of [1, 2, 3]) await region.refresh(NOW + second * 1_000);
    expect(region.isPressed(NOW + 3_000)).toBe(false);
    expect(store.calls.at(-1)).toBe('read');
  });

  test('lasts from the tick that finds it, and a later suspicion does not shorten it', async () => {
    const { store, control: region } = control();
    region.press();
    for (let order = 0; order < 40; order++) region.count('offered', 1);
    for (let order = 0; order < 40; order++) region.count('passed', 1);
    await region.refresh(NOW);
    expect(store.item.pressedUntil).toBe(NOW + POLICY.pressureMs);

    region.press();
    await region.refresh(NOW + 500);
    expect(store.item.pressedUntil).toBe(NOW + POLICY.pressureMs);
  });

  test('is certain when the provider has not answered', async () => {
    const { store, control: region } = control();
    await region.report(NOW);
    expect(store.item.pressedUntil).toBe(NOW + POLICY.pressureMs);
  });

  test('does not take the answers of another time for answers of now', async () => {
    const { store, control: region } = control();
    const answered = Array.from({ length: 5 }, () => [20, 0, 4_000] as const);
    const state = { ...initialState(POLICY, NOW - 60_000), work: answered };
    store.change({ tick: 9, state, counters: { ...NOTHING_COUNTED, decided: 13 } });
    region.countWork('unanswered', 3_000);
    expect(await region.report(NOW)).toEqual({ answered: 0, unanswered: 1 });
    region.countWork('decided', 400);
    expect(await region.report(NOW + 100)).toEqual({ answered: 1, unanswered: 1 });
  });

  test('does not take the failures of another time for failures of now', async () => {
    const { store, control: region } = control();
    const counters = { ...NOTHING_COUNTED, decided: 2, unanswered: 4 };
    store.change({ tick: 9, state: initialState(POLICY, NOW - 6_000), counters });
    region.countWork('unanswered', 3_000);
    expect(await region.report(NOW)).toEqual({ answered: 0, unanswered: 1 });
  });

  test('does not take failures of another time, which others have counted since it looked last, for failures of now', async () => {
    const { store, control: region } = control();
    store.change({ tick: 9, state: initialState(POLICY, NOW - 8_000) });
    await region.refresh(NOW - 8_000);
    store.change({ counters: { ...NOTHING_COUNTED, decided: 2, unanswered: 4 } });
    region.countWork('unanswered', 3_000);
    expect(await region.report(NOW)).toEqual({ answered: 0, unanswered: 1 });
  });
});
