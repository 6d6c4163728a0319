import type { OverloadRow } from './overload-row';

const LOADS = [1, 2, 5, 10, 20] as const;
const SEEDS = [1, 2, 3] as const;
const BASELINES = ['none', 'api-gateway', 'backlog-threshold'] as const;

const both = (of: Omit<OverloadRow, 'hasDrop'>): OverloadRow[] => [false, true].map((hasDrop) => ({ ...of, hasDrop }));

/** The regulator under every load, with every seed, its clients with and without jitter. */
const regulatorRows = LOADS.flatMap((load) =>
  SEEDS.flatMap((seed) => [
    ...both({ policy: 'regulator', load, hasJitter: true, seed }),
    ...both({ policy: 'regulator', load, hasJitter: false, seed }),
  ]),
);
const baselineRows = BASELINES.flatMap((policy) =>
  [1, 5, 20].flatMap((load) => both({ policy, load, hasJitter: true, seed: 1 })),
);
/** A slow minute without overload: what comes back by itself, and what does not. */
const metastableRows = [
  ...[0.7, 0.8, 0.9].flatMap((load) =>
    SEEDS.map((seed): OverloadRow => ({ policy: 'regulator', load, hasDrop: true, hasJitter: true, seed })),
  ),
  { policy: 'none', load: 0.9, hasDrop: true, hasJitter: true, seed: 1 } as const,
];
/** The provider answers nothing for a minute. How much is wasted without a breaker is told by one row of each kind. */
const outageRows = (
  [
    [undefined, SEEDS],
    ['no-breaker', [1]],
    ['unspared', [1]],
  ] as const
).flatMap(([variant, seeds]) =>
  seeds.map((seed): OverloadRow => ({
    policy: 'regulator',
    load: 0.7,
    hasDrop: false,
    hasOutage: true,
    hasJitter: true,
    seed,
    ...(variant === undefined ? {} : { variant }),
  })),
);
/** A policy that looks seldom, and one that believes in more or fewer workers than there are, with the slow minute. */
const sensitivityRows = SEEDS.flatMap((seed) =>
  (['slow-loop', 'capacity+30%', 'capacity-30%'] as const).flatMap((variant) =>
    [1, 5, 20].map((load): OverloadRow => ({
      policy: 'regulator',
      load,
      hasDrop: true,
      hasJitter: true,
      seed,
      variant,
    })),
  ),
);

/**
 * What the bench flies. `reduced` is one row, for a check that anybody runs; `verify` is what a build can wait for. The
 * `table` compares policies under every load; what becomes of a slow minute and an outage without overload is `recovery`, and
 * what a policy does that is set wrongly is `sensitivity`.
 */
export const OVERLOAD_PLANS = {
  reduced: [{ policy: 'regulator', load: 2, hasDrop: false, hasJitter: true, seed: 1, isShort: true }],
  verify: [
    { policy: 'regulator', load: 20, hasDrop: true, hasJitter: true, seed: 1 },
    { policy: 'regulator', load: 0.9, hasDrop: true, hasJitter: true, seed: 1 },
    { policy: 'regulator', load: 0.7, hasDrop: false, hasOutage: true, hasJitter: true, seed: 1 },
  ],
  table: [...regulatorRows, ...baselineRows],
  recovery: [...metastableRows, ...outageRows],
  sensitivity: sensitivityRows,
} as const satisfies Record<string, readonly OverloadRow[]>;

export type OverloadPlanName = keyof typeof OVERLOAD_PLANS;
export const OVERLOAD_PLAN_NAMES = Object.keys(OVERLOAD_PLANS) as readonly OverloadPlanName[];
