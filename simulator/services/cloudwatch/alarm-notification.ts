import type { JsonObject } from '../aws-service';
import { describeAlarmMetrics } from './alarm-metrics';
import type { AlarmEvent } from './alarms';
import type { MetricAlarmDefinition } from './metric-alarm';

/** A message for a topic. */
export interface AlarmNotification {
  readonly subject: string;
  /** JSON. */
  readonly message: string;
}

const SUBJECT_LENGTH_MAX = 100;

/**
 * Words a change of state as CloudWatch words it for a topic. AWS publishes no schema; the members are those that
 * receivers of such messages read. Subject and `Region` carry the region's code where AWS writes its long name.
 */
export function alarmNotification({ alarm, metricAlarm, transition, epochMs }: AlarmEvent): AlarmNotification {
  const body: JsonObject = {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: alarm.arn.split(':')[4],
    NewStateValue: transition.to,
    NewStateReason: transition.reason,
    StateChangeTime: new Date(epochMs).toISOString().replace('Z', '+0000'),
    Region: alarm.region,
    AlarmArn: alarm.arn,
    OldStateValue: transition.from,
    OKActions: [...alarm.actions.OK],
    AlarmActions: [...alarm.actions.ALARM],
    InsufficientDataActions: [...alarm.actions.INSUFFICIENT_DATA],
  };
  if (metricAlarm !== undefined) {
    const { rule, periodSeconds } = metricAlarm;
    body['Trigger'] = {
      ...describeWhatIsWatched(metricAlarm),
      Period: periodSeconds,
      EvaluationPeriods: rule.evaluationPeriods,
      DatapointsToAlarm: rule.datapointsToAlarm,
      ComparisonOperator: rule.comparisonOperator,
      Threshold: rule.threshold,
      TreatMissingData: rule.treatMissingData,
    };
  }
  const subject = `${transition.to}: "${alarm.name}" in ${alarm.region}`;
  return { subject: subject.slice(0, SUBJECT_LENGTH_MAX), message: JSON.stringify(body) };
}

/**
 * The event of a change of state on EventBridge's default bus, without the history of the configuration.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function alarmStateChange({ alarm, transition, epochMs }: AlarmEvent, id: string): JsonObject {
  const timestamp = new Date(epochMs).toISOString().replace('Z', '+0000');
  return {
    version: '0',
    id,
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: alarm.arn.split(':')[4]!,
    time: new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: alarm.region,
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      state: { value: transition.to, reason: transition.reason, timestamp },
      previousState: { value: transition.from },
    },
  };
}

function describeWhatIsWatched({ metrics, math, periodSeconds }: MetricAlarmDefinition): JsonObject {
  if (math !== undefined) return { Metrics: describeAlarmMetrics(metrics, math, periodSeconds) };
  const { metric, statistic, statisticName } = metrics[0]!;
  return {
    MetricName: metric.name,
    Namespace: metric.namespace,
    ...(statistic.kind === 'percentile'
      ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic: statisticName }
      : { StatisticType: 'Statistic', Statistic: statisticName.toUpperCase() }),
    Dimensions: Object.entries(metric.dimensions).map(([name, value]) => ({ name, value })),
  };
}
