import type { PerClass } from './priorities';

/**
 * What Tandem counts about itself, published in CloudWatch's embedded metric format.
 *
 * There is one dimension, `service`, and it has one value: a business figure such as OrdersExpired is one number,
 * whichever function found it. (The log line that carries it names the function.)
 */
export const METRIC_NAMESPACE = 'Tandem';
export const METRIC_SERVICE = 'orders';

export interface MetricDefinition {
  readonly unit: 'Count' | 'Milliseconds' | 'Seconds';
  readonly meaning: string;
  /**
   * Published as 0 by every sweep, so that an alarm sees good points instead of silence: a sparse metric whose missing
   * data do not breach stays in ALARM for minutes after its last bad point.
   */
  readonly zeroEachSweep: boolean;
  /**
   * Published in every hour without orders, though it is no zero of the sweep: `with-zeros` where those are published,
   * `when-steady` where looks are steady. A series is billed for each hour in which it has a point.
   * @default - only when there is something to say
   */
  readonly publishedInCalm?: 'always' | 'with-zeros' | 'when-steady';
  /** Who publishes it. The observer's figures have a second dimension, the region they are about. @default service */
  readonly publishedBy?: 'service' | 'observer' | 'person';
  /** Stored by the second, for alarms that look every ten ($0.30 a month instead of 0.10). @default false */
  readonly isHighResolution?: boolean;
}

const counted = (meaning: string, zeroEachSweep = true): MetricDefinition => ({
  unit: 'Count',
  meaning,
  zeroEachSweep,
});

const refused = (which: string): MetricDefinition =>
  counted(
    `Requests of the ${which} class refused for load, or that would have been where the policy only measures.`,
    false,
  );

export const METRICS = {
  OrdersAccepted: counted('Orders acknowledged for the first time in this region.', false),
  OrdersRepeated: counted('Requests that repeated an order this region already held.', false),
  CriticalOrdersAccepted: counted('Those of the first class among the orders accepted.', false),
  NormalOrdersAccepted: counted('Those of the second class.', false),
  BulkOrdersAccepted: counted('Those of the third class.', false),
  CriticalOrdersRefused: refused('first'),
  NormalOrdersRefused: refused('second'),
  BulkOrdersRefused: refused('third'),
  OrdersConfirmed: counted('Orders this region recorded as charged.', false),
  OrdersRejected: counted('Orders this region recorded as declined.', false),
  OrdersExpired: counted('Orders this region recorded as not decided before their deadline.', false),
  OrderLatency: { unit: 'Milliseconds', meaning: 'From acceptance to outcome.', zeroEachSweep: false },
  PaymentLatency: {
    unit: 'Milliseconds',
    meaning: 'One call of the payment provider, answered or not.',
    zeroEachSweep: false,
  },
  PaymentUnknown: counted('Calls of the payment provider that gave no answer.'),
  WorkReturned: counted(
    'Messages given back without a payment call, because the provider is believed to be down or retries are used up.',
    false,
  ),
  OrdersTakenOver: counted("Orders of the other region that this region's sweeper settled."),
  OutcomeDisagreements: counted('Orders for which two outcomes were met. The arbiter should make this impossible.'),
  StuckOrders: {
    ...counted('Orders still open after their takeover instant and after this sweep.', false),
    publishedInCalm: 'with-zeros',
  },
  PeerHeartbeatAgeSeconds: {
    unit: 'Seconds',
    meaning: "Age of the other region's last heartbeat as replicated here.",
    zeroEachSweep: false,
    publishedInCalm: 'always',
  },
  PeerProbeFailures: {
    ...counted('Probes of the other region that were not answered as they should be.', false),
    isHighResolution: true,
    publishedInCalm: 'always',
  },
  PeerProbeLatency: {
    unit: 'Milliseconds',
    meaning: 'Answered probes of the other region.',
    zeroEachSweep: false,
    publishedInCalm: 'when-steady',
  },
  Evacuations: {
    ...counted("Regions that are evacuated as this region's switch has it.", false),
    publishedInCalm: 'with-zeros',
  },
  MaintenanceDeclared: {
    ...counted('1 while a person or a drill wants pages held back.', false),
    publishedBy: 'person',
  },
  ProbeFailures: {
    ...counted("The observer's looks at a region that found it wanting.", false),
    publishedBy: 'observer',
    publishedInCalm: 'always',
  },
  ProbeLatency: {
    unit: 'Milliseconds',
    meaning: "The observer's answered looks at a region.",
    zeroEachSweep: false,
    publishedBy: 'observer',
    publishedInCalm: 'when-steady',
  },
} as const satisfies Record<string, MetricDefinition>;

/** Custom series are most of the idle bill, at $0.30 a month each (https://aws.amazon.com/cloudwatch/pricing/). */
export const CUSTOM_SERIES_MAX = 30;

export type MetricName = keyof typeof METRICS;

/** Which of them counts the orders of a class: one name each, since every value of a dimension would be a series as well. */
export const ACCEPTED_OF_CLASS: PerClass<MetricName> = [
  'CriticalOrdersAccepted',
  'NormalOrdersAccepted',
  'BulkOrdersAccepted',
];
export const REFUSED_OF_CLASS: PerClass<MetricName> = [
  'CriticalOrdersRefused',
  'NormalOrdersRefused',
  'BulkOrdersRefused',
];
