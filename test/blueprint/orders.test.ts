import * as fc from 'fast-check';
import { mergeStatuses, ORDER_STATUSES } from '../../blueprint/orders';

const statuses = fc.array(fc.constantFrom(...ORDER_STATUSES), { maxLength: 6 });

describe('Merging the statuses of two regions', () => {
  test.each([
    [[], 'PENDING'],
    [['PENDING', 'EXPIRED'], 'EXPIRED'],
    [['EXPIRED', 'REJECTED'], 'REJECTED'],
    [['REJECTED', 'CONFIRMED'], 'CONFIRMED'],
    [['EXPIRED', 'CONFIRMED', 'PENDING'], 'CONFIRMED'],
  ] as const)('%j gives %s', (list, merged) => {
    expect(mergeStatuses(list).status).toBe(merged);
  });

  test('does not depend on order, grouping or repetition', () => {
    fc.assert(
      fc.property(statuses, statuses, (some, more) => {
        const together = mergeStatuses([...some, ...more]).status;
        expect(mergeStatuses([...more, ...some]).status).toBe(together);
        expect(mergeStatuses([mergeStatuses(some).status, mergeStatuses(more).status]).status).toBe(together);
        expect(mergeStatuses([...some, ...more, ...some]).status).toBe(together);
      }),
    );
  });

  test('reports a disagreement only when two outcomes differ', () => {
    expect(mergeStatuses(['PENDING', 'CONFIRMED', 'CONFIRMED']).disagreement).toBe(false);
    expect(mergeStatuses(['EXPIRED', 'CONFIRMED']).disagreement).toBe(true);
  });
});
