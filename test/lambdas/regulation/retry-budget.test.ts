import * as fc from 'fast-check';
import { regulatorPolicy } from '../../../blueprint/load-shedding';
import { RetryBudget } from '../../../lambdas/fulfilment/retry-budget';

const policy = (retryShareMax: number, retriesUnearnedMax: number) => ({
  ...regulatorPolicy(10, 500),
  retryShareMax,
  retriesUnearnedMax,
});

describe('The retry budget of an environment', () => {
  test('never gives more than a share of what was answered, and what it began with', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, fc.nat(20), fc.array(fc.boolean()), (shareMax, unearnedMax, asks) => {
        const budget = new RetryBudget(policy(shareMax, unearnedMax));
        let answered = 0;
        let given = 0;
        for (const isRepeat of asks) {
          if (!isRepeat) {
            answered++;
            budget.earn();
          } else if (budget.take()) given++;
          expect(given).toBeLessThanOrEqual(unearnedMax + shareMax * answered + 1e-6);
        }
      }),
    );
  });

  test('gives three repeats for every ten answers with the policy that ships', () => {
    const budget = new RetryBudget(regulatorPolicy(10, 500));
    while (budget.take()) continue;
    const given = Array.from({ length: 40 }, () => {
      budget.earn();
      return budget.take();
    });
    expect(given.filter(Boolean)).toHaveLength(12);
  });

  test('does not save up for ever: after a day of answers there are no more repeats than it began with', () => {
    const budget = new RetryBudget(policy(0.5, 3));
    for (let answers = 0; answers < 1_000; answers++) budget.earn();
    expect([1, 2, 3, 4].map(() => budget.take())).toEqual([true, true, true, false]);
  });
});
