import type { JsonObject } from '../aws-service';
import { ResourceProperties } from '../resource-properties';
import { ALARM_PROPERTIES, readAlarmIdentity, type AlarmIdentity } from './alarm-identity';
import { COMPARISON_OPERATORS, MISSING_DATA_TREATMENTS, type AlarmRule } from './alarm-evaluation';
import {
  readAlarmMetric,
  readAlarmMetrics,
  type AlarmMath,
  type AlarmMetric,
  type AlarmMetrics,
} from './alarm-metrics';

/** An alarm on a metric or on an expression over several, as its resource describes it. */
export interface MetricAlarmDefinition extends AlarmIdentity {
  readonly rule: AlarmRule;
  /** One metric, or those that the expressions name. */
  readonly metrics: readonly AlarmMetric[];
  /** @default - the metric itself is evaluated */
  readonly math?: AlarmMath;
  readonly periodSeconds: number;
  /** How many of the newest periods one evaluation retrieves. */
  readonly evaluationRange: number;
}

const KNOWN = {
  modelled: [
    ...ALARM_PROPERTIES,
    'ComparisonOperator',
    'DatapointsToAlarm',
    'Dimensions',
    'EvaluateLowSampleCountPercentile',
    'EvaluationPeriods',
    'ExtendedStatistic',
    'MetricName',
    'Metrics',
    'Namespace',
    'Period',
    'Statistic',
    'Threshold',
    'TreatMissingData',
  ],
  harmless: ['Tags'],
};

/**
 * Reads the resolved properties of an `AWS::CloudWatch::Alarm`.
 *
 * @param fallbackName the name CloudFormation would generate, used when `AlarmName` is missing
 * @throws NotModelled for functions of metric math that are not modelled, anomaly detection, `Unit` and whatever else is not modelled;
 *   AwsFault for what CloudWatch would not accept
 */
export function readMetricAlarm(
  region: string,
  accountId: string,
  fallbackName: string,
  properties: JsonObject,
): MetricAlarmDefinition {
  const reader = new ResourceProperties(`AWS::CloudWatch::Alarm ${fallbackName}`, properties, KNOWN);
  const read = reader.has('Metrics') ? readAlarmMetrics(region, reader) : readSingleMetric(region, reader);
  const { periodSeconds } = read;
  if (periodSeconds !== 10 && periodSeconds !== 30 && (periodSeconds < 60 || periodSeconds % 60 !== 0)) {
    throw reader.invalid('Period', periodSeconds, '10, 30 or a multiple of 60');
  }
  const rule = readRule(reader, read);
  const windowSeconds = rule.evaluationPeriods * periodSeconds;
  const windowSecondsMax = periodSeconds >= 3600 ? 604_800 : 86_400;
  if (windowSeconds > windowSecondsMax) {
    throw reader.invalid('EvaluationPeriods', rule.evaluationPeriods, `at most ${windowSecondsMax} s long together`);
  }
  return {
    ...readAlarmIdentity(region, accountId, fallbackName, reader),
    ...read,
    rule,
    evaluationRange: evaluationRangeOf(rule.evaluationPeriods),
  };
}

function readSingleMetric(region: string, reader: ResourceProperties): AlarmMetrics {
  const statisticName = reader.optionalString('ExtendedStatistic') ?? reader.string('Statistic');
  return { metrics: [readAlarmMetric(region, reader, statisticName)], periodSeconds: reader.number('Period') };
}

/**
 * CloudWatch retrieves more points than it evaluates and does not say how many. Its tables show 5 for N = 3
 * (alarms-and-missing-data.html). An alarm with N = 1 over one minute was seen to hold its last bad point for six
 * minutes (https://stackoverflow.com/q/64045238), so small N are given 5 as well: an assumption.
 */
function evaluationRangeOf(evaluationPeriods: number): number {
  return Math.max(5, evaluationPeriods + 2);
}

function readRule(reader: ResourceProperties, { metrics, math }: AlarmMetrics): AlarmRule {
  const evaluationPeriods = reader.number('EvaluationPeriods');
  const datapointsToAlarm = reader.optionalNumber('DatapointsToAlarm') ?? evaluationPeriods;
  if (!Number.isInteger(evaluationPeriods) || evaluationPeriods < 1) {
    throw reader.invalid('EvaluationPeriods', evaluationPeriods, 'a whole number of at least 1');
  }
  if (!Number.isInteger(datapointsToAlarm) || datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) {
    throw reader.invalid(
      'DatapointsToAlarm',
      datapointsToAlarm,
      `between 1 and EvaluationPeriods (${evaluationPeriods})`,
    );
  }
  const lowSamples = reader.has('EvaluateLowSampleCountPercentile')
    ? reader.oneOf('EvaluateLowSampleCountPercentile', ['evaluate', 'ignore'])
    : 'evaluate';
  if (lowSamples === 'ignore' && math !== undefined) {
    throw reader.notModelled('EvaluateLowSampleCountPercentile', 'Leave it out beside an expression.');
  }
  const { statistic } = metrics[0]!;
  return {
    comparisonOperator: reader.oneOf('ComparisonOperator', COMPARISON_OPERATORS),
    threshold: reader.number('Threshold'),
    evaluationPeriods,
    datapointsToAlarm,
    // "Alarms that evaluate metrics in the AWS/DynamoDB namespace ignore missing data by default."
    treatMissingData: reader.has('TreatMissingData')
      ? reader.oneOf('TreatMissingData', MISSING_DATA_TREATMENTS)
      : metrics.every(({ metric }) => metric.namespace === 'AWS/DynamoDB')
        ? 'ignore'
        : 'missing',
    ...(lowSamples === 'ignore' && statistic.kind === 'percentile'
      ? { sampleCountMin: sampleCountMinOf(statistic.percentile / 100) }
      : {}),
  };
}

/**
 * 10 / (1 - percentile) from the median up, 10 / percentile below it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
 */
function sampleCountMinOf(fraction: number): number {
  const tail = fraction >= 0.5 ? 1 - fraction : fraction;
  // Rounded before it is rounded up, since 10 / (1 - 0.99) is 1000.0000000000009 in binary.
  return Math.ceil(Math.round((10 / tail) * 1e6) / 1e6);
}
