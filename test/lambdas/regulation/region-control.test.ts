import { regulatorPolicy } from '../../../blueprint/load-shedding';
import { RegionControl } from '../../../lambdas/shared/regulation/region-control';
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
});
