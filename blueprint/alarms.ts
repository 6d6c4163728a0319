import type { Configuration } from './configuration';
import type { DatumName } from './data';
import type { MetricName } from './metrics';
import type { ServiceName } from './services';

/** A page wakes a person; a ticket waits for the morning. */
export type Severity = 'page' | 'ticket';
export const SEVERITIES: readonly Severity[] = ['page', 'ticket'];

/** Where an alarm's metric comes from. The stack turns it into a namespace and dimensions. */
export type AlarmMetric =
  | {
      readonly source: 'queue';
      readonly queue: Extract<DatumName, 'work' | 'work-dead-letters'>;
      readonly metricName: string;
    }
  | { readonly source: 'function'; readonly service: ServiceName; readonly metricName: string }
  /** HTTP APIs publish `Count`, `4xx`, `5xx` (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html). */
  | { readonly source: 'public-api'; readonly metricName: '5xx' | '4xx' | 'Count' }
  | { readonly source: 'tandem'; readonly metricName: MetricName };

/** Game days that exist. An alarm names the one that makes it fire. */
export const GAME_DAYS = [
  'steady-state',
  'region-loss',
  'client-failover',
  'lost-replies',
  'both-regions-write',
  'evacuation-drill',
  'control-plane-loss',
  'stale-plans',
] as const;
export type GameDayName = (typeof GAME_DAYS)[number];

export interface AlarmDefinition {
  readonly id: string;
  readonly service: ServiceName;
  readonly severity: Severity;
  readonly metric: AlarmMetric;
  readonly statistic: 'Sum' | 'Maximum' | 'SampleCount';
  /** Breaches when the statistic is at or above. */
  readonly threshold: number;
  readonly thresholdWhy: string;
  readonly periodSeconds: number;
  /** N. */
  readonly evaluationPeriods: number;
  /** M. */
  readonly datapointsToAlarm: number;
  readonly missingData: 'breaching' | 'notBreaching';
  readonly missingDataWhy: string;
  /** @default - both serving regions */
  readonly onlyIn?: 'primary' | 'standby';
  /** @default - both kinds of routing */
  readonly onlyUnder?: Configuration['routing'];
  readonly owner: string;
  /** The page in runbooks/. */
  readonly runbook: string;
  /** The game day that makes it fire, or null while none does: an alarm nobody has ever heard is a hope. */
  readonly gameDay: GameDayName | null;
  /** What happens without a person. @default - nothing */
  readonly action?: string;
}

const alarm = (definition: Omit<AlarmDefinition, 'owner' | 'runbook' | 'periodSeconds'>): AlarmDefinition => ({
  ...definition,
  owner: 'orders team',
  runbook: `runbooks/${definition.id}.md`,
  periodSeconds: 60,
});

const QUIET_IS_GOOD = 'AWS publishes nothing while nothing happens, and nothing happening is no failure.';
const ZEROS_ARE_PUBLISHED = 'Every sweep publishes a zero; a sweeper that is silent is the business of peer-silent.';

export const ALARMS: readonly AlarmDefinition[] = [
  alarm({
    id: 'dead-letters',
    service: 'fulfilment',
    severity: 'ticket',
    metric: { source: 'queue', queue: 'work-dead-letters', metricName: 'ApproximateNumberOfMessagesVisible' },
    statistic: 'Maximum',
    threshold: 1,
    thresholdWhy:
      'One message that twenty receives could not handle is a defect. The depth, since the sent count misses moves.',
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    missingDataWhy: QUIET_IS_GOOD,
    gameDay: null,
  }),
  alarm({
    id: 'work-queue-age',
    service: 'fulfilment',
    severity: 'page',
    metric: { source: 'queue', queue: 'work', metricName: 'ApproximateAgeOfOldestMessage' },
    statistic: 'Maximum',
    threshold: 15,
    thresholdWhy: 'The deadline of a checkout: what waits longer expires.',
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    missingData: 'notBreaching',
    missingDataWhy: QUIET_IS_GOOD,
    gameDay: null,
  }),
  alarm({
    id: 'fulfilment-errors',
    service: 'fulfilment',
    severity: 'ticket',
    metric: { source: 'function', service: 'fulfilment', metricName: 'Errors' },
    statistic: 'Sum',
    threshold: 3,
    thresholdWhy:
      'Failed messages are reported one by one and are no function errors: an error is a crash or a timeout.',
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    missingData: 'notBreaching',
    missingDataWhy: QUIET_IS_GOOD,
    gameDay: null,
  }),
  alarm({
    id: 'intake-server-errors',
    service: 'intake',
    severity: 'page',
    metric: { source: 'public-api', metricName: '5xx' },
    statistic: 'Sum',
    threshold: 5,
    thresholdWhy: 'Clients repeat, so a few a minute harm nobody; five in two of three minutes is more than chance.',
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    missingData: 'notBreaching',
    missingDataWhy: QUIET_IS_GOOD,
    gameDay: null,
  }),
  alarm({
    id: 'standby-serving',
    service: 'intake',
    severity: 'page',
    metric: { source: 'public-api', metricName: 'Count' },
    statistic: 'SampleCount',
    threshold: 10,
    thresholdWhy: 'In calm the standby sees nobody but a person trying it: ten requests a minute are customers.',
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    missingDataWhy: QUIET_IS_GOOD,
    onlyIn: 'standby',
    // Under latency routing both regions serve, always.
    onlyUnder: 'failover',
    gameDay: 'region-loss',
  }),
  alarm({
    id: 'peer-silent',
    service: 'sweeper',
    severity: 'page',
    metric: { source: 'tandem', metricName: 'PeerHeartbeatAgeSeconds' },
    statistic: 'Maximum',
    threshold: 120,
    thresholdWhy:
      'A healthy peer is at most a minute and the replication lag old; two points of 120 s are two missed beats.',
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    missingData: 'breaching',
    missingDataWhy: 'Our own sweeper is dead when it says nothing. One late point among two does not suffice.',
    gameDay: 'region-loss',
  }),
  alarm({
    id: 'orders-taken-over',
    service: 'sweeper',
    severity: 'ticket',
    metric: { source: 'tandem', metricName: 'OrdersTakenOver' },
    statistic: 'Sum',
    threshold: 1,
    thresholdWhy: 'A region that is well settles its own orders: a single takeover means that it did not.',
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    missingDataWhy: ZEROS_ARE_PUBLISHED,
    gameDay: 'region-loss',
  }),
  alarm({
    id: 'outcome-disagreements',
    service: 'query',
    severity: 'ticket',
    metric: { source: 'tandem', metricName: 'OutcomeDisagreements' },
    statistic: 'Sum',
    threshold: 1,
    thresholdWhy:
      "The provider's first answer is final, so two outcomes of one order are a broken promise or a misused key.",
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    missingDataWhy: ZEROS_ARE_PUBLISHED,
    gameDay: 'both-regions-write',
  }),
  alarm({
    id: 'stuck-orders',
    service: 'sweeper',
    severity: 'page',
    metric: { source: 'tandem', metricName: 'StuckOrders' },
    statistic: 'Maximum',
    threshold: 1,
    thresholdWhy:
      'Past its takeover instant an order has had two regions to settle it: the provider must be out of reach.',
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    missingData: 'notBreaching',
    missingDataWhy: ZEROS_ARE_PUBLISHED,
    gameDay: null,
  }),
];
