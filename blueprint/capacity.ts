import type { ServiceName } from './services';

/** The token buckets of the public routes, one a route. */
export type RouteBucket = 'intake' | 'import' | 'query' | 'list';

/** What a stage is built to carry, in one region: either region must be able to carry everything. */
export interface StageCapacity {
  /** Orders a second that are decided in time with room to spare. */
  readonly nominalOrdersPerSecond: number;
  /**
   * Workers: `MaximumConcurrency` of the work queue's event source mapping. AWS allows 2 to 1000
   * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html). The consumer is bounded here and never by
   * reserved concurrency, which lets pollers receive messages that are then throttled, and counts the receive.
   */
  readonly workers: number;
  /** Reserved concurrency by service. @default - none: an empty account has ten executions a region and must keep ten */
  readonly reservedConcurrency?: Partial<Record<ServiceName, number>>;
  /**
   * Token buckets of the public routes. They are the fence behind the regulator and keep the functions within their
   * concurrency: what passes a fence of the right height is executed, and what does not is refused at the edge, cheaply.
   */
  readonly routeThrottles: Readonly<Record<RouteBucket, RouteThrottle>>;
  /** Concurrent executions the account must have in each serving region. */
  readonly accountConcurrencyMin: number;
}

export interface RouteThrottle {
  readonly requestsPerSecond: number;
  /** So many requests may come at the same instant. */
  readonly burst: number;
}

/**
 * How long an execution is planned to take, for Little's law: concurrency = rate x duration. Wide on purpose: in the
 * embedded cloud warm executions take a tenth of it (test/verify/planning-figures.test.ts measures them), and AWS knows
 * cold starts and slow minutes that nobody here could measure.
 */
export const EXECUTION_MS = { intake: 120, query: 80, payments: 80 } as const;

/**
 * Executions beside those of the public routes and the workers: the probe, which waits between its looks for most of every
 * minute, and one that the sweeper and the checkers share, who are short.
 */
export const BACKGROUND_EXECUTIONS = 2;

export type Stage = 'sandbox' | 'full';

export const CAPACITY: Readonly<Record<Stage, StageCapacity>> = {
  sandbox: {
    nominalOrdersPerSecond: 4,
    workers: 2,
    routeThrottles: {
      intake: { requestsPerSecond: 20, burst: 4 },
      import: { requestsPerSecond: 5, burst: 1 },
      // A caller, the other region's probe and the observer may ask at one instant.
      query: { requestsPerSecond: 20, burst: 3 },
      list: { requestsPerSecond: 5, burst: 1 },
    },
    accountConcurrencyMin: 10,
  },
  full: {
    nominalOrdersPerSecond: 100,
    workers: 50,
    routeThrottles: {
      intake: { requestsPerSecond: 300, burst: 45 },
      import: { requestsPerSecond: 100, burst: 15 },
      query: { requestsPerSecond: 400, burst: 40 },
      list: { requestsPerSecond: 50, burst: 8 },
    },
    reservedConcurrency: { intake: 60, query: 40, health: 20 },
    accountConcurrencyMin: 1_000,
  },
};
