import { regulatorPolicy, type LoadSheddingPolicy } from '../../../blueprint/load-shedding';
import type { OrderClass } from '../../../blueprint/priorities';
import { AdmissionDesk } from '../../../lambdas/intake/admission-desk';
import { Problem } from '../../../lambdas/shared/problem';
import { RegionControl } from '../../../lambdas/shared/regulation/region-control';
import { initialState, type RegulationState } from '../../../lambdas/shared/regulation/regulation-state';
import { NOW, measured } from '../surroundings';
import { ControlInMemory } from './control-in-memory';

const POLICY = regulatorPolicy(10, 500);

function desk(changes: Partial<LoadSheddingPolicy> = {}) {
  const store = new ControlInMemory();
  const control = new RegionControl({ ...POLICY, ...changes }, store);
  return { store, control, desk: new AdmissionDesk(control, () => 0.5) };
}

/** The region is under pressure, with the state as it is but for the changes. */
function press(store: ControlInMemory, changes: Partial<RegulationState> = {}, at = NOW): void {
  const state = { ...initialState(POLICY, at), isPressed: true, ...changes };
  store.change({ tick: 1, state, pressedUntil: at + 10_000 });
  store.tokens = [...state.credits];
}

const request = (orderClass: OrderClass = 1, changes = {}) => ({
  orderClass,
  cohort: 0.5,
  remainingMs: 15_000,
  ...changes,
});

async function answerOf(asked: Promise<void>): Promise<string> {
  return asked.then(
    () => 'admitted',
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      return `${error.slug} ${error.retryAfterSeconds ?? '-'}`;
    },
  );
}

describe('In calm, intake', () => {
  test('reads the control item once a second and writes nothing', async () => {
    const { store, desk: intake } = desk();
    // An environment in its first second does not know yet that this is calm.
    for (const afterMs of [0, 400, 1_000, 1_400, 1_700, 1_900, 2_000, 2_500]) {
      expect(await answerOf(intake.ask(request(), NOW + afterMs))).toBe('admitted');
    }
    expect(store.calls.filter((call) => call !== 'read')).toEqual([]);
    expect(store.calls).toHaveLength(3);
  });

  test('asks the region before the third order of an environment that is new: load has just grown', async () => {
    const { store, desk: intake } = desk();
    for (const afterMs of [0, 10, 20]) await intake.ask(request(), NOW + afterMs);
    expect(store.calls).toEqual(['read', 'flush', 'advance', 'lease']);
  });
});

describe('In a small region, intake', () => {
  /** Two workers decide five orders a second: one environment takes them all. */
  const small = { workers: 2, nominalServiceMs: 400 };
  async function place(intake: AdmissionDesk, orders: number, beganAt: number): Promise<void> {
    for (let index = 0; index < orders; index++) await intake.ask(request(), beganAt + index * 100);
  }

  test('writes nothing for what chance brings together in a second', async () => {
    const { store, desk: intake } = desk(small);
    for (const [second, orders] of [1, 2, 9, 3, 8, 9].entries()) await place(intake, orders, NOW + second * 1_000);
    expect(new Set(store.calls)).toEqual(new Set(['read']));
  });

  test('asks the region when more come than chance brings', async () => {
    const { store, desk: intake } = desk(small);
    for (const [second, orders] of [1, 2, 10].entries()) await place(intake, orders, NOW + second * 1_000);
    expect(store.calls.slice(-3)).toEqual(['flush', 'advance', 'lease']);
  });
});

describe('Under pressure, intake', () => {
  test('has no more tokens for having answered repeats in calm', async () => {
    const { store, desk: intake } = desk();
    for (const afterMs of [0, 1_000, 2_000, 3_000]) {
      await intake.ask(request(), NOW + afterMs);
      intake.repeated(request());
    }
    press(store, { credits: [0, 0, 0] }, NOW + 4_000);

    expect(await answerOf(intake.ask(request(), NOW + 4_000))).toMatch(/^overloaded/);
  });

  test('gives the token of a repeat to the next order', async () => {
    const { store, desk: intake } = desk();
    press(store, { credits: [0, 1, 0] });
    expect(await answerOf(intake.ask(request(), NOW))).toBe('admitted');
    intake.repeated(request());

    expect(await answerOf(intake.ask(request(), NOW + 1))).toBe('admitted');
    expect(await answerOf(intake.ask(request(), NOW + 2))).toMatch(/^overloaded/);
  });

  test('refuses without any I/O, as a problem that says when to come back', async () => {
    const { store, desk: intake } = desk();
    press(store, { open: [1, 0.4, 0], demand: [10, 40, 30] });
    await answerOf(intake.ask(request(0), NOW));
    const before = store.calls.length;

    expect(await answerOf(intake.ask(request(1), NOW + 1))).toBe('overloaded 5');
    expect(await answerOf(intake.ask(request(2, { cohort: 0 }), NOW + 2))).toBe('overloaded 8');

    expect(store.calls).toHaveLength(before);
  });

  test('says of an order in advance that it is refused in every class, and counts nothing', async () => {
    const { store, desk: intake } = desk();
    press(store, { open: [0.6, 0, 0] });
    expect(await intake.mayAdmit(request(0), NOW)).toBe(true);
    expect(await intake.mayAdmit(request(0, { cohort: 0.7 }), NOW)).toBe(false);
    expect(await intake.mayAdmit(request(1), NOW)).toBe(false);
    await answerOf(intake.ask(request(0), NOW + 1_000));
    expect(measured()).toEqual({});
  });

  test.each([
    ['it only measures', { effect: 'dry-run' as const }],
    ['nobody is refused', { admission: 'none' as const }],
  ])('says of no order in advance that it is refused while %s', async (_, changes) => {
    const { store, desk: intake } = desk(changes);
    press(store, { open: [0, 0, 0] });
    expect(await intake.mayAdmit(request(1), NOW)).toBe(true);
  });

  test('refuses for good what would be decided too late', async () => {
    const { store, desk: intake } = desk();
    press(store, { backlog: [0, 300, 0] });
    await intake.ask(request(0, { remainingMs: 60_000 }), NOW);
    expect(await answerOf(intake.ask(request(0), NOW))).toBe('too-late -');
  });

  test('takes tokens for several orders at once, and refuses when the class has none left', async () => {
    const { store, desk: intake } = desk();
    press(store, { credits: [20, 3, 20] });
    const answers = [];
    for (let index = 0; index < 5; index++) answers.push(await answerOf(intake.ask(request(1), NOW + index)));
    expect(answers.map((answer) => answer.split(' ')[0])).toEqual([
      'admitted',
      'admitted',
      'admitted',
      'overloaded',
      'overloaded',
    ]);
    expect(store.calls.filter((call) => call === 'lease')).toHaveLength(4);
    await intake.ask(request(0), NOW + 5);
    await intake.ask(request(0), NOW + 6);
    expect(store.calls.filter((call) => call === 'lease')).toHaveLength(5);
  });

  test('gives the token of a repeated order to the next one', async () => {
    const { store, desk: intake } = desk();
    press(store, { credits: [20, 1, 20] });
    await intake.ask(request(1), NOW);
    intake.repeated(request(1));
    expect(await answerOf(intake.ask(request(1), NOW + 1))).toBe('admitted');
  });

  test('tells once a second how much was refused', async () => {
    const { store, desk: intake } = desk();
    press(store, { open: [1, 0, 0], credits: [20, 0, 0] });
    for (const afterMs of [0, 10, 20]) await answerOf(intake.ask(request(1), NOW + afterMs));
    expect(measured()).toEqual({});
    await answerOf(intake.ask(request(0), NOW + 1_000));
    expect(measured()).toEqual({ NormalOrdersRefused: 3 });
  });

  test('only measures in a dry run', async () => {
    const { store, desk: intake } = desk({ effect: 'dry-run' });
    press(store, { open: [1, 0, 0] });
    expect(await answerOf(intake.ask(request(1), NOW))).toBe('admitted');
    await intake.ask(request(0), NOW + 1_000);
    expect(measured()).toEqual({ NormalOrdersRefused: 1 });
  });

  test('does as the operator says, until that expires', async () => {
    const { store, desk: intake } = desk();
    press(store);
    store.change({ override: { open: [1, 0, 0], until: NOW + 5_000, reason: 'a drill' } });
    expect(await answerOf(intake.ask(request(1), NOW))).toBe('overloaded 8');
    expect(await answerOf(intake.ask(request(1), NOW + 5_000))).toBe('admitted');
  });
});

describe('When the control item fails, intake', () => {
  test('goes by its last copy for ten seconds, and is open then', async () => {
    const { store, desk: intake } = desk();
    press(store, { open: [1, 0, 0] });
    await answerOf(intake.ask(request(0), NOW));
    store.isDown = true;
    expect(await answerOf(intake.ask(request(1), NOW + 9_000))).toMatch(/^overloaded/);
    expect(await answerOf(intake.ask(request(1), NOW + 10_001))).toBe('admitted');
  });

  test('is open from the beginning when it could never be read, and when the item was deleted', async () => {
    const { store, desk: intake } = desk();
    store.isDown = true;
    for (let index = 0; index < 50; index++)
      expect(await answerOf(intake.ask(request(2), NOW + index))).toBe('admitted');
    const { store: empty, desk: other } = desk();
    press(empty, { open: [1, 0, 0] });
    await answerOf(other.ask(request(0), NOW));
    empty.change({ tick: 0, pressedUntil: 0 });
    delete (empty.item as { state?: unknown }).state;
    expect(await answerOf(other.ask(request(2), NOW + 1_000))).toBe('admitted');
  });

  test('is open when nobody has ticked for longer than a copy counts', async () => {
    const { store, desk: intake } = desk();
    press(store, { open: [1, 0, 0] });
    store.advance = () => Promise.reject(new Error('refused'));
    store.change({ pressedUntil: NOW + 60_000 });
    expect(await answerOf(intake.ask(request(1), NOW + 2_000))).toMatch(/^overloaded/);
    expect(await answerOf(intake.ask(request(1), NOW + 30_000))).toBe('admitted');
  });
});
