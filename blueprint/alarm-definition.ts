import type { Configuration } from './configuration';
import type { DatumName } from './data';
import { sparesStandby, type Rhythm } from './footprints';
import type { MetricName } from './metrics';
import type { ServiceName } from './services';
import type { Stage } from './capacity';

/** A page wakes a person; a ticket waits for the morning. */
export type Severity = 'page' | 'ticket';
export const SEVERITIES: readonly Severity[] = ['page', 'ticket'];

/** Where an alarm is evaluated. `serving` is both serving regions; `routing` is us-east-1, where Route 53's metrics are. */
export type AlarmPlace = 'serving' | 'primary' | 'standby' | 'witness' | 'routing';

/** One metric. The stack turns it into a namespace and dimensions. */
export type PlainMetric =
  | {
      readonly source: 'queue';
      readonly queue: Extract<DatumName, 'work' | 'work-dead-letters'>;
      readonly metricName: 'ApproximateNumberOfMessagesVisible' | 'ApproximateAgeOfOldestMessage';
    }
  | { readonly source: 'function'; readonly service: ServiceName; readonly metricName: 'Errors' | 'Throttles' }
  /** All functions of the account in the region together, which AWS publishes without a dimension. */
  | { readonly source: 'account'; readonly metricName: 'ConcurrentExecutions' | 'Throttles' }
  /** HTTP APIs publish these (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html). */
  | { readonly source: 'public-api' | 'health-api'; readonly metricName: '5xx' | '4xx' | 'Count' | 'Latency' }
  /** Published while there are any (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html). */
  | {
      readonly source: 'table';
      readonly table: Extract<DatumName, 'orders'>;
      readonly metricName: 'WriteThrottleEvents';
    }
  /** From this region to its peer; stored in the region that wrote. */
  | { readonly source: 'replication'; readonly metricName: 'ReplicationLatency' }
  | { readonly source: 'health-check'; readonly of: 'primary' | 'standby'; readonly metricName: 'HealthCheckStatus' }
  | { readonly source: 'certificate'; readonly metricName: 'DaysToExpiry' }
  | { readonly source: 'billing'; readonly metricName: 'EstimatedCharges' }
  /** @param of the region that the figure is about @default - it is about the region that publishes it */
  | { readonly source: 'tandem'; readonly metricName: MetricName; readonly of?: 'primary' | 'standby' };

/** Several metrics in one formula of CloudWatch's metric math. Each has the alarm's statistic and period. */
export interface AlarmExpression {
  readonly source: 'expression';
  /** What the value is, for a reader. */
  readonly title: string;
  readonly formula: string;
  /** By the id that the formula uses. */
  readonly metrics: Readonly<Record<string, PlainMetric>>;
}

export type AlarmMetric = PlainMetric | AlarmExpression;

/** Game days that exist. An alarm names the one that makes it fire. */
export const GAME_DAYS = [
  'steady-state',
  'steady-day',
  'region-loss',
  'lean-region-loss',
  'client-failover',
  'lost-replies',
  'both-regions-write',
  'evacuation-drill',
  'control-plane-loss',
  'stale-plans',
  'peer-partition',
  'observer-lost',
  'both-switches-set',
  'checkers-partitioned',
  'flapping-checks',
  'both-regions-impaired',
  'stale-dns-clients',
  'clock-skew',
  'health-path-flood',
  'public-flood',
  'concurrency-exhausted',
  'gray-region',
  'queue-unavailable',
  'dynamodb-throttled',
  'dead-dependency',
  'bad-deployment',
  'poison-message',
  'payment-slow',
  'payment-down',
  'payment-wrong',
  'replication-paused',
  'metrics-outage',
  'traffic-flood',
  'injected-metrics',
  'slow-burn',
  'standby-loss',
  'capacity-test',
  'shed-by-hand',
  'metastable-drop',
  'overload',
  'overloaded-survivor',
] as const;
export type GameDayName = (typeof GAME_DAYS)[number];

/** What every alarm says of itself, be it of one metric or of other alarms. */
interface AlarmBasics {
  readonly id: string;
  readonly service: ServiceName;
  readonly severity: Severity;
  readonly place: AlarmPlace;
  readonly owner: string;
  /** The page in runbooks/. */
  readonly runbook: string;
  /** The game day that makes it fire and clears it. An alarm nobody has ever heard is a hope. */
  readonly gameDay: GameDayName;
  /** What happens without a person. */
  readonly action: string;
  /** @default - both kinds of routing */
  readonly onlyUnder?: Configuration['routing'];
  /** @default - every configuration */
  readonly onlyWith?: 'custom-domain' | 'eventual-consistency';
  /** Not there in a standby that is spared, or about its check, which it then has not. @default false */
  readonly isSpared?: boolean;
}

export interface AlarmDefinition extends AlarmBasics {
  readonly metric: AlarmMetric;
  readonly statistic: 'Sum' | 'Maximum' | 'Minimum' | 'Average' | 'SampleCount' | `p${number}`;
  /** @default at-or-above */
  readonly breaches?: 'at-or-above' | 'below';
  /** In the metric's unit; by stage where the stage decides what is much. */
  readonly threshold: number | Readonly<Record<Stage, number>>;
  readonly thresholdWhy: string;
  /** 10, 30, or a multiple of 60. */
  readonly periodSeconds: number;
  /** N. */
  readonly evaluationPeriods: number;
  /** M. */
  readonly datapointsToAlarm: number;
  readonly periodsWhy: string;
  readonly missingData: 'breaching' | 'notBreaching';
  readonly missingDataWhy: string;
  /** What is different where the probe looks a few times in a row rather than all the time. @default - nothing */
  readonly whenProbedInBursts?: AlarmWindow;
}

type AlarmWindow = Pick<
  AlarmDefinition,
  'threshold' | 'thresholdWhy' | 'periodSeconds' | 'evaluationPeriods' | 'datapointsToAlarm' | 'periodsWhy'
>;

/** The alarm as a place has it whose probe has that rhythm. */
export const alarmUnder = (alarm: AlarmDefinition, rhythm: Rhythm): AlarmDefinition =>
  rhythm === 'burst' ? { ...alarm, ...alarm.whenProbedInBursts } : alarm;

/** An alarm over alarms of the same place. Its actions are held back while `maintenance` is in ALARM. */
export interface CompositeDefinition extends AlarmBasics {
  /** Any of these; a list in the list is all of its alarms at the same time. */
  readonly anyOf: readonly (string | readonly string[])[];
  readonly why: string;
}

export const thresholdIn = ({ threshold }: Pick<AlarmDefinition, 'threshold'>, stage: Stage): number =>
  typeof threshold === 'number' ? threshold : threshold[stage];

/** Whether an alarm exists at a place under a configuration. */
export function isAlarmOf(
  alarm: AlarmBasics,
  place: Exclude<AlarmPlace, 'serving'>,
  configuration: Pick<Configuration, 'footprint' | 'routing' | 'consistency' | 'customDomain'>,
): boolean {
  const { routing, consistency, customDomain } = configuration;
  const isServing = place === 'primary' || place === 'standby';
  if (alarm.place !== place && !(alarm.place === 'serving' && isServing)) return false;
  const isSpared = alarm.isSpared === true && (place === 'standby' || place === 'routing');
  if (isSpared && sparesStandby(configuration)) return false;
  if (alarm.onlyUnder !== undefined && alarm.onlyUnder !== routing) return false;
  if (alarm.onlyWith === 'custom-domain') return customDomain !== undefined;
  return alarm.onlyWith !== 'eventual-consistency' || consistency === 'eventual';
}
