import { regulatorPolicy } from '../../../blueprint/load-shedding';
import { WorkRegulation } from '../../../lambdas/fulfilment/work-regulation';
import { RegionControl } from '../../../lambdas/shared/regulation/region-control';
import { initialState } from '../../../lambdas/shared/regulation/regulation-state';
import { NOW, order } from '../surroundings';
import { ControlInMemory } from './control-in-memory';

const POLICY = regulatorPolicy(10, 500);

function worker(store = new ControlInMemory()) {
  return { store, regulation: new WorkRegulation(new RegionControl(POLICY, store), () => 0.5) };
}

/** A worker that is busy with a call of so long, which nobody answers. */
async function hearNothing(store: ControlInMemory, at: number): Promise<void> {
  const { regulation } = worker(store);
  await regulation.received({ sentAt: at - 3_010, isFirstReceive: true }, at - 3_000);
  await regulation.mayCall(at - 3_000);
  await regulation.unanswered(3_000, at);
}

describe('A worker', () => {
  test('only reads while work does not wait', async () => {
    const { store, regulation } = worker();
    await regulation.received({ sentAt: NOW - 20, isFirstReceive: true }, NOW);
    await regulation.answered(500, NOW + 500);
    await regulation.received({ sentAt: NOW + 1_180, isFirstReceive: true }, NOW + 1_200);
    expect(store.calls).toEqual(['read', 'read']);
  });

  test('tells the region at once that work waits, and for how long', async () => {
    const { store, regulation } = worker();
    await regulation.received({ sentAt: NOW - 900, isFirstReceive: true }, NOW);
    expect(store.calls).toEqual(['flush', 'advance']);
    expect(store.item.pressedUntil).toBeGreaterThan(NOW);
    expect(store.item.state!.backlog.reduce((sum, each) => sum + each, 0)).toBeCloseTo(18);
  });

  test('does not take the wait of a message that was returned for a wait for workers', async () => {
    const { store, regulation } = worker();
    await regulation.received({ sentAt: NOW - 9_000, isFirstReceive: false }, NOW);
    expect(store.calls).toEqual(['read']);
  });

  test('drops what cannot meet its deadline, however slow orders are, and still tries one a second', async () => {
    const { store, regulation } = worker();
    store.change({ tick: 1, pressedUntil: NOW + 10_000, state: { ...initialState(POLICY, NOW), serviceMs: 9_000 } });
    await regulation.received({ sentAt: NOW - 900, isFirstReceive: true }, NOW);
    const withLeft = (leftMs: number) => order({ acceptedAt: NOW - 15_000 + leftMs, deadlineAt: NOW + leftMs });
    expect(regulation.isLate(withLeft(3_001), NOW)).toBe(false);
    expect(regulation.isLate(withLeft(2_000), NOW)).toBe(false);
    expect(regulation.isLate(withLeft(2_000), NOW + 10)).toBe(true);
    expect(regulation.isLate(withLeft(3_000), NOW + 1_000)).toBe(false);
    expect(regulation.isLate(withLeft(499), NOW + 9_000)).toBe(true);
  });

  test('shares its breaker: five calls of five workers open it for a sixth, and one probe at a time closes it', async () => {
    const store = new ControlInMemory();
    for (let index = 0; index < 5; index++) await hearNothing(store, NOW + index);
    expect(store.item.breaker.kind).toBe('open');

    const { regulation } = worker(store);
    await regulation.received({ sentAt: NOW, isFirstReceive: true }, NOW + 100);
    expect(await regulation.mayCall(NOW + 100)).toBe(false);
    for (let probe = 0; probe < 3; probe++) {
      const at = NOW + 1_200 + 1_000 * probe;
      await regulation.received({ sentAt: at, isFirstReceive: true }, at);
      expect(await regulation.mayCall(at)).toBe(true);
      const { regulation: other } = worker(store);
      await other.received({ sentAt: at, isFirstReceive: true }, at + 1);
      expect(await other.mayCall(at + 1)).toBe(false);
      await regulation.answered(500, at + 500);
    }
    expect(store.item.breaker.kind).toBe('closing');
  });

  test('gives a probe back when the order turns out to be decided, so that another need not wait for it', async () => {
    const store = new ControlInMemory();
    store.change({ breaker: { kind: 'open', probeAt: NOW, successes: 1 } });
    const { regulation } = worker(store);
    const { regulation: other } = worker(store);
    await regulation.received({ sentAt: NOW, isFirstReceive: true }, NOW);
    expect(await regulation.mayCall(NOW)).toBe(true);
    await regulation.notCalled(NOW + 10);
    await other.received({ sentAt: NOW, isFirstReceive: true }, NOW + 20);
    expect(await other.mayCall(NOW + 20)).toBe(true);
    // Given back once: the probe is the other's now.
    await regulation.notCalled(NOW + 30);
    expect(store.item.breaker).toMatchObject({ kind: 'open', successes: 1, probeAt: NOW + 20 + 4_000 });
  });

  test('takes a claim for its own whose reply was lost, since nobody else would look for four seconds', async () => {
    const store = new ControlInMemory();
    store.change({ breaker: { kind: 'open', probeAt: NOW, successes: 0 } });
    const { regulation } = worker(store);
    await regulation.received({ sentAt: NOW, isFirstReceive: true }, NOW);
    store.isDown = true;
    expect(await regulation.mayCall(NOW)).toBe(true);
  });

  test('works on as if there were no regulation when the item cannot be reached', async () => {
    const { store, regulation } = worker();
    store.isDown = true;
    await regulation.received({ sentAt: NOW - 900, isFirstReceive: true }, NOW);
    expect(await regulation.mayCall(NOW)).toBe(true);
    await regulation.unanswered(3_000, NOW + 3_000);
    expect(await regulation.mayCall(NOW + 3_000)).toBe(true);
  });

  test('spreads the return of messages, and lets imports wait longer', () => {
    const { store } = worker();
    const control = new RegionControl(POLICY, store);
    const seconds = (chance: number, deadlineMs: number): number =>
      new WorkRegulation(control, () => chance).returnSeconds(order({ deadlineAt: NOW + deadlineMs }));
    expect([seconds(0, 15_000), seconds(0.9, 15_000)]).toEqual([1, 2]);
    expect([seconds(0, 120_000), seconds(0.9, 120_000)]).toEqual([9, 10]);
  });
});
