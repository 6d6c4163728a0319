import type { ServiceName } from './services';

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
  /** Concurrent executions the account must have in each serving region. */
  readonly accountConcurrencyMin: number;
}

export type Stage = 'sandbox' | 'full';

export const CAPACITY: Readonly<Record<Stage, StageCapacity>> = {
  sandbox: { nominalOrdersPerSecond: 4, workers: 2, accountConcurrencyMin: 10 },
  full: {
    nominalOrdersPerSecond: 100,
    workers: 50,
    reservedConcurrency: { intake: 60, query: 40, health: 20 },
    accountConcurrencyMin: 1_000,
  },
};
