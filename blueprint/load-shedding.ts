import * as z from 'zod/mini';
import { CAPACITY, type Stage } from './capacity';
import { nearestName } from './did-you-mean';
import { TIME_BUDGETS } from './time-budgets';

const positive = z.number().check(z.positive());
const share = z.number().check(z.minimum(0), z.maximum(1));
const perClass = <T extends z.ZodMiniType>(schema: T) => z.tuple([schema, schema, schema]);

/**
 * How a region regulates its load: the one value that the stacks hand to `intake` and to `fulfilment`. Durations are
 * milliseconds. What each number is for stands with the equation that uses it, in `lambdas/shared/regulation/`.
 */
export const LOAD_SHEDDING_SCHEMA = z.strictObject({
  /**
   * `regulator`: as docs/scalability.md has it. `backlog-threshold`: nobody is admitted while the backlog is above
   * `backlogMsMax`, which is what is commonly done. `none`: everybody is admitted.
   */
  admission: z.enum(['regulator', 'backlog-threshold', 'none']),
  /** `dry-run` measures what it would have refused, and refuses nothing. */
  effect: z.enum(['enforce', 'dry-run']),
  /** Whether a worker lets go of what cannot meet its deadline any more. */
  dropsLateWork: z.boolean(),
  /** Whether the workers of the region share a circuit breaker in front of the payment provider. */
  sharesBreaker: z.boolean(),
  /** Repeats of a payment call, as a share of the calls that were answered; see `lambdas/fulfilment/retry-budget.ts`. */
  retryShareMax: share,
  /** So many repeats an execution environment may make before it has earned them. */
  retriesUnearnedMax: z.int().check(z.minimum(0), z.maximum(1_000)),
  /** Workers of the region: the maximum concurrency of the work queue's event source mapping. */
  workers: z.int().check(z.minimum(2), z.maximum(1_000)),
  /** What one order takes of a worker when all is well. */
  nominalServiceMs: positive,
  /** How much work may wait at each class, in time: more for the class that fills the gaps. */
  delayTargetMs: perClass(positive),
  /** The time in which a deviation of the backlog is worked off. At least e times the delay of the loop, or it swings. */
  correctionMs: positive,
  /** How often the control state advances under pressure. */
  tickMs: positive,
  /** How old an environment's copy of the control item may be. */
  cacheMs: positive,
  /** The share of the capacity that is never refused to the most important class. */
  floorShare: share,
  backlogMsMax: positive,
  /** Work that has waited for so long is the first sign of pressure. */
  pressureSojournMs: positive,
  /** Pressure is believed for so long after its last sign. */
  pressureMs: positive,
  /** The copy of an item that can no longer be read is used for so long; then everything is open behind the fence. */
  staleMsMax: positive,
  /** The longest Retry-After, before jitter. Half a deadline leaves an honest client one more try. */
  retryAfterMsMax: positive,
});
export type LoadSheddingPolicy = z.infer<typeof LOAD_SHEDDING_SCHEMA>;

/** The policy of a region with so many workers, each of which takes so long for an order. */
export function regulatorPolicy(workers: number, nominalServiceMs: number): LoadSheddingPolicy {
  return {
    admission: 'regulator',
    effect: 'enforce',
    dropsLateWork: true,
    sharesBreaker: true,
    // More than a fifth: where a fifth of all replies is lost, so many calls are repeated, and no order may expire of it.
    retryShareMax: 0.3,
    retriesUnearnedMax: 10,
    workers,
    nominalServiceMs,
    delayTargetMs: [1_000, 1_000, 1_000],
    correctionMs: 4_000,
    tickMs: 1_000,
    cacheMs: 1_000,
    floorShare: 0.02,
    backlogMsMax: 3_000,
    pressureSojournMs: 400,
    pressureMs: 10_000,
    staleMsMax: 10_000,
    retryAfterMsMax: Math.min(8_000, TIME_BUDGETS.checkoutDeadlineMs / 2 + 500),
  };
}

/** What one order takes of a worker when all is well, as it is planned: most of it is the payment provider's. */
export const ORDER_OF_WORKER_MS = 400;
/** Of it, beside the provider's own time: the poller, two records, the way to the provider and back. */
export const ORDER_BESIDE_PROVIDER_MS = 75;
/** What the provider is planned to take for a charge. */
export const PROVIDER_MS = ORDER_OF_WORKER_MS - ORDER_BESIDE_PROVIDER_MS;

export const LOAD_SHEDDING: Readonly<Record<Stage, LoadSheddingPolicy>> = {
  sandbox: regulatorPolicy(CAPACITY.sandbox.workers, ORDER_OF_WORKER_MS),
  full: regulatorPolicy(CAPACITY.full.workers, ORDER_OF_WORKER_MS),
};

/**
 * Read a policy from text, such as the environment variable by which it is deployed.
 * @throws Error in one line: which field, what is wrong with it, and what was probably meant
 */
export function parseLoadShedding(text: string): LoadSheddingPolicy {
  const parsed = LOAD_SHEDDING_SCHEMA.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const known = Object.keys(LOAD_SHEDDING_SCHEMA.shape);
  const meant = unknown === undefined ? undefined : nearestName(unknown, known);
  const field = unknown ?? issue.path.join('.');
  throw new Error(
    `The load shedding policy's "${field}" is not valid: ${issue.message}${meant === undefined ? '.' : `; did you mean ${meant}?`} Allowed: ${known.join(', ')}, as blueprint/load-shedding.ts describes them.`,
  );
}

/** What a person orders in place of the regulator, until it expires: how far each class is open, from 0 to 1. */
export const SHED_OVERRIDE_SCHEMA = z.strictObject({
  open: perClass(share),
  /** Epoch milliseconds. */
  until: positive,
  reason: z.string(),
});
export type ShedOverride = z.infer<typeof SHED_OVERRIDE_SCHEMA>;
