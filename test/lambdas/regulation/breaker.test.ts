import * as fc from 'fast-check';
import {
  afterFailure,
  afterProbe,
  beforeCall,
  CLOSED,
  parseBreaker,
  throughputOf,
  type Breaker,
} from '../../../lambdas/shared/regulation/breaker';

const NOW = Date.UTC(2030, 0, 1, 12);
const OPEN: Breaker = { kind: 'open', probeAt: NOW + 1_000, successes: 0 };

const breaker: fc.Arbitrary<Breaker> = fc.oneof(
  fc.constant(CLOSED),
  fc.record({
    kind: fc.constant('open' as const),
    probeAt: fc.integer({ min: NOW - 100_000, max: NOW + 100_000 }),
    successes: fc.nat(3),
  }),
  fc.record({ kind: fc.constant('closing' as const), since: fc.integer({ min: NOW - 100_000, max: NOW + 100_000 }) }),
);

describe('The breaker of a region', () => {
  test('opens on five calls without an answer, when three of four have none', () => {
    expect(afterFailure(CLOSED, { unanswered: 7, answered: 2 }, NOW, false)).toEqual(OPEN);
    expect(afterFailure(CLOSED, { unanswered: 4, answered: 0 }, NOW, false)).toBe(CLOSED);
    expect(afterFailure(CLOSED, { unanswered: 6, answered: 2 }, NOW, false)).toBe(CLOSED);
    // What two workers see now and then of a provider that answers four calls of five.
    expect(afterFailure(CLOSED, { unanswered: 5, answered: 4 }, NOW, false)).toBe(CLOSED);
  });

  test('lets one probe through at a time, and the next one second after one that failed', () => {
    expect(beforeCall(OPEN, NOW)).toBeUndefined();
    const claimed = beforeCall(OPEN, NOW + 1_000)!;
    expect(beforeCall(claimed, NOW + 1_100)).toBeUndefined();
    const failed = afterFailure(claimed, { unanswered: 0, answered: 0 }, NOW + 4_000, true);
    expect(beforeCall(failed, NOW + 4_999)).toBeUndefined();
    expect(beforeCall(failed, NOW + 5_000)).toBeDefined();
  });

  test('misses a probe whose worker has died', () => {
    const claimed = beforeCall(OPEN, NOW + 1_000)!;
    expect(beforeCall(claimed, NOW + 10_000)).toBeDefined();
  });

  test('closes on three answers, and gives back the capacity in steps', () => {
    const twice = afterProbe(afterProbe(OPEN, NOW), NOW);
    expect(twice.kind).toBe('open');
    const closing = afterProbe(twice, NOW);
    const shares = [0, 1_000, 2_000, 3_000].map((afterMs) => throughputOf(closing, NOW + afterMs));
    expect(shares).toEqual([0.2, 0.4, 0.7, 1]);
  });

  test('takes one answer away for a probe without an answer, so that it closes on a provider that answers most', () => {
    const failed = (before: Breaker): Breaker => afterFailure(before, { unanswered: 1, answered: 0 }, NOW, true);
    const answered = (before: Breaker): Breaker => afterProbe(before, NOW);
    const once = failed(answered(answered(OPEN)));
    expect(once).toMatchObject({ kind: 'open', successes: 1 });
    expect(answered(once).kind).toBe('open');
    expect(answered(answered(once)).kind).toBe('closing');
    expect(failed(failed(once))).toMatchObject({ kind: 'open', successes: 0 });
  });

  test('lets no second probe through for a call that was begun before it opened, and failed only now', () => {
    const claimed = beforeCall(OPEN, NOW + 1_000)!;
    expect(afterFailure(claimed, { unanswered: 9, answered: 0 }, NOW + 2_000, false)).toBe(claimed);
  });

  test('opens again while it is closing', () => {
    expect(afterFailure({ kind: 'closing', since: NOW }, { unanswered: 9, answered: 1 }, NOW, false).kind).toBe('open');
  });

  test('is never shut for ever: whatever stands in the item, half a minute later a call is let through', () => {
    fc.assert(
      fc.property(breaker, (found) => {
        const tries = Array.from({ length: 30 }, (_, second) => beforeCall(found, NOW + second * 1_000));
        expect(tries.some((passed) => passed !== undefined)).toBe(true);
        const share = throughputOf(found, NOW);
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('reads back what it writes, and takes anything else for closed', () => {
    fc.assert(fc.property(breaker, (found) => expect(parseBreaker(JSON.stringify(found))).toEqual(found)));
    for (const text of [undefined, '', 'null', '{"kind":"open"}', '{"kind":"open","probeAt":null,"successes":0}']) {
      expect(parseBreaker(text)).toEqual(CLOSED);
    }
  });
});
