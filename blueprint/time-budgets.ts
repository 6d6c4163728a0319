/**
 * Every time limit of the system in one place, because they only work together: each caller must outwait what it calls,
 * and a region must have had its whole chance before another takes its orders over. `rules/` checks the sums.
 *
 * All values are milliseconds unless the name ends in another unit.
 */
export const TIME_BUDGETS = {
  /** How long a client waits for one attempt before it repeats it with the same Idempotency-Key. */
  clientAttemptMs: 3_000,

  /** A person who is paged must hear within seconds that a region answers nothing. */
  operatorAttemptMs: 6_000,

  /** Calls of the AWS SDK. */
  sdk: {
    connectMs: 300,
    /** One attempt, connecting included. */
    attemptMs: 600,
    /** First try and one more. */
    attempts: 2,
    /** Base of the SDK's exponential backoff with full jitter, for what is not throttling. */
    backoffMsMax: 100,
  },

  /** One call for the item by which the region regulates its load: an answer that comes later is worth nothing. */
  control: { attemptMs: 90, attempts: 1 },

  /**
   * One call of the payment provider. It is never repeated inside an invocation: the queue does that. A provider at a
   * third of its speed still answers most calls in three seconds; giving them up sooner would only repeat them.
   */
  payment: { connectMs: 500, callMs: 3_000 },

  /** From acceptance to the instant at which an undecided checkout counts as EXPIRED. */
  checkoutDeadlineMs: 15_000,
  /** The same for an import, which nobody waits for. */
  importDeadlineMs: 120_000,
  /**
   * A charge is not begun so close to the deadline that it would probably end behind it. About the 95th percentile of a
   * charge, and a constant: a margin that follows an estimate can grow past the deadline and never let a sample through.
   */
  chargeMarginMs: 500,
  /** How soon a message whose payment is unknown becomes visible again. */
  unknownPaymentRetrySeconds: 2,
  /** The same for an order that has more time than a checkout: it need not be tried so often. */
  unknownImportRetrySeconds: 10,

  /** The most two regions' clocks are assumed to differ. */
  clockSkewMs: 2_000,
  /** After the deadline the owner's sweeper leaves the order alone for so long: a worker may still be at it. */
  sweepGraceMs: 10_000,
  /** One a minute is the finest EventBridge offers. */
  sweepPeriodMs: 60_000,
  /** A sweep begins no new order after so long. */
  sweepBudgetMs: 13_000,
  /** After the deadline, when the other region's sweeper may settle what the owner has not. */
  takeoverAfterDeadlineMs: 95_000,

  /** A customer's plan is remembered for so long by each execution environment that takes orders. */
  planCacheMs: 60_000,
  /** An order may be refused by a plan that was fresh so long ago: a refusal costs no read, but a new plan must show. */
  planStaleMsMax: 600_000,
  /** An order waits for so long to learn its customer's plan, and goes on without it. */
  planReadMs: 90,
  /** A plan that could not be read is asked for again after so long. */
  planRetryMs: 5_000,

  /** A readiness verdict is trusted for so long within one execution environment. */
  readinessCacheMs: 5_000,
  /** The evacuation switch is read at most so often within one execution environment. */
  switchCacheMs: 1_000,
  /** The switch rests so long between two changes: what flaps hurts more than what stays. */
  switchDwellMs: 600_000,
  /** Route 53 wants the status line within two seconds of the connection. */
  healthAnswerMs: 2_000,

  recordTtlSeconds: 10,
} as const;

export type TimeBudgets = typeof TIME_BUDGETS;

interface SdkBudgets {
  readonly sdk: { readonly attemptMs: number; readonly attempts: number; readonly backoffMsMax: number };
}

/** The longest one SDK call can take when every attempt times out. */
export const sdkCallMsMax = (budgets: SdkBudgets = TIME_BUDGETS): number =>
  budgets.sdk.attempts * budgets.sdk.attemptMs + (budgets.sdk.attempts - 1) * budgets.sdk.backoffMsMax;
