import type { ServiceName } from '../../blueprint/services';

/**
 * What no template says and a bill depends on. Durations are those of warm executions, rounded up from what the bench and
 * the planning test measure in the embedded cloud (`npm run bench`, test/verify/planning-figures.test.ts); bytes are
 * those of the longest line or answer of their kind, rounded up.
 */
export interface ServiceEstimate {
  /** One warm execution, without waiting between looks. */
  readonly executionMs: number;
  /** What one execution writes to its log beside the lines of Lambda itself. */
  readonly logBytes: number;
  /** Units of DynamoDB of one execution, in the region of the function unless the item is replicated. */
  readonly reads: number;
  readonly writes: number;
  /** Writes to a table with replicas: each is billed once a replica. */
  readonly replicatedWrites: number;
  /** Writes to a secondary index in each replica. */
  readonly indexWrites: number;
}

const NOTHING: ServiceEstimate = {
  executionMs: 0,
  logBytes: 0,
  reads: 0,
  writes: 0,
  replicatedWrites: 0,
  indexWrites: 0,
};

export const SERVICE_ESTIMATES: Readonly<Record<ServiceName, ServiceEstimate>> = {
  // The plan, half a unit, and the control item; one EMF line.
  intake: { ...NOTHING, executionMs: 60, logBytes: 700, reads: 1.5, writes: 0.2, replicatedWrites: 1, indexWrites: 2 },
  query: { ...NOTHING, executionMs: 30, logBytes: 0, reads: 0.5 },
  // Ready reads two items, one of them consistently, unless its cache of five seconds is warm; the switch reads one.
  health: { ...NOTHING, executionMs: 15, reads: 1 },
  // The attempt and the outcome; the outcome leaves the index. Ninety days later the item is forgotten, which is free where
  // it is done and billed in the other replica. One EMF line and the control item.
  fulfilment: {
    ...NOTHING,
    executionMs: 250,
    logBytes: 900,
    reads: 1,
    writes: 0.2,
    replicatedWrites: 2.5,
    indexWrites: 2,
  },
  // The heartbeat, the peer's, and two pages of nothing.
  sweeper: { ...NOTHING, executionMs: 150, logBytes: 1_500, reads: 1.5, replicatedWrites: 1 },
  payments: { ...NOTHING, executionMs: 20, logBytes: 300, writes: 1 },
  // What a look writes is counted with the looks.
  observer: { ...NOTHING, executionMs: 500, logBytes: 1_200, reads: 1 },
  probe: { ...NOTHING, executionMs: 500, logBytes: 600, reads: 2 },
  // Runs when an alarm changes, which in a calm month nothing does.
  responder: NOTHING,
};

/** START, END and REPORT, as Lambda writes them for each execution in its text format. */
export const LAMBDA_LOG_BYTES = 350;
/** One line of the access log of the public API. */
export const ACCESS_LOG_BYTES = 400;
/** The EMF line of one publication of the probe. */
export const PROBE_PUBLICATION_BYTES = 600;
/** An answer with its headers, and the larger part of a TLS handshake for those who do not keep a connection. */
export const ANSWER_BYTES = { reused: 600, fresh: 5_000 } as const;
/** One item of an order with its key, once a region that holds it, and its entry in the index while it is open. */
export const ORDER_ITEM_BYTES = 700;
/** What callers ask for again. */
export const READS_AN_ORDER = 1;
/** A caller keeps an answer of DNS for ten seconds: a steady caller asks once in ten seconds for two records. */
export const DNS_QUERIES_A_SECOND = 0.2;

/** The mean month. */
export const HOURS_A_MONTH = 730;
export const MINUTES_A_MONTH = HOURS_A_MONTH * 60;
export const SECONDS_A_MONTH = MINUTES_A_MONTH * 60;

/**
 * Route 53 has about sixteen checkers in its eight regions, two in each: an endpoint that is asked every thirty seconds by
 * all of them hears a request every two seconds
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html).
 */
export const CHECKERS_A_REGION = 2;

/**
 * An event source mapping keeps five long polls of twenty seconds at an empty queue
 * (https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html;
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html).
 */
export const POLLERS = 5;
export const LONG_POLL_SECONDS = 20;
