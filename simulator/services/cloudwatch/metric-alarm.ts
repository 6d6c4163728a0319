import type { JsonObject } from '../aws-service';
import { ResourceProperties } from '../resource-properties';
import { ALARM_PROPERTIES, readAlarmIdentity, type AlarmIdentity } from './alarm-identity';
import { COMPARISON_OPERATORS, MISSING_DATA_TREATMENTS, type AlarmRule } from './alarm-evaluation';
import type { MetricIdentity } from './metric-store';
import { parseStatistic, type Statistic } from './statistic';

/** An alarm on one metric, as its resource describes it. */
export interface MetricAlarmDefinition extends AlarmIdentity {
  readonly rule: AlarmRule;
  readonly metric: MetricIdentity;
  /** As written, for example `p99`. */
  readonly statisticName: string;
  readonly statistic: Statistic;
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
 * @throws NotModelled for metric math (`Metrics`), anomaly detection, `Unit` and whatever else is not modelled;
 *   AwsFault for what CloudWatch would not accept
 */
export function readMetricAlarm(
  region: string,
  accountId: string,
  fallbackName: string,
  properties: JsonObject,
): MetricAlarmDefinition {
  const reader = new ResourceProperties(`AWS::CloudWatch::Alarm ${fallbackName}`, properties, KNOWN);
  const statisticName = reader.optionalString('ExtendedStatistic') ?? reader.string('Statistic');
  const namespace = reader.string('Namespace');
  const statistic = parseStatistic(statisticName);
  const periodSeconds = reader.number('Period');
  if (periodSeconds !== 10 && periodSeconds !== 30 && (periodSeconds < 60 || periodSeconds % 60 !== 0)) {
    throw reader.invalid('Period', periodSeconds, '10, 30 or a multiple of 60');
  }
  const rule = readRule(reader, namespace, statistic);
  const windowSeconds = rule.evaluationPeriods * periodSeconds;
  const windowSecondsMax = periodSeconds >= 3600 ? 604_800 : 86_400;
  if (windowSeconds > windowSecondsMax) {
    throw reader.invalid('EvaluationPeriods', rule.evaluationPeriods, `at most ${windowSecondsMax} s long together`);
  }
  const dimensions = reader.objects('Dimensions', { modelled: ['Name', 'Value'], harmless: [] });
  return {
    ...readAlarmIdentity(region, accountId, fallbackName, reader),
    rule,
    metric: {
      region,
      namespace,
      name: reader.string('MetricName'),
      dimensions: Object.fromEntries(dimensions.map((entry) => [entry.string('Name'), entry.string('Value')])),
    },
    statisticName,
    statistic,
    periodSeconds,
    evaluationRange: evaluationRangeOf(rule.evaluationPeriods),
  };
}

/**
 * CloudWatch retrieves more points than it evaluates and does not say how many. Its tables show 5 for N = 3
 * (alarms-and-missing-data.html). An alarm with N = 1 over one minute was seen to hold its last bad point for six
 * minutes (https://stackoverflow.com/q/64045238), so small N are given 5 as well: an assumption.
 */
function evaluationRangeOf(evaluationPeriods: number): number {
  return Math.max(5, evaluationPeriods + 2);
}

function readRule(reader: ResourceProperties, namespace: string, statistic: Statistic): AlarmRule {
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
  return {
    comparisonOperator: reader.oneOf('ComparisonOperator', COMPARISON_OPERATORS),
    threshold: reader.number('Threshold'),
    evaluationPeriods,
    datapointsToAlarm,
    // "Alarms that evaluate metrics in the AWS/DynamoDB namespace ignore missing data by default."
    treatMissingData: reader.has('TreatMissingData')
      ? reader.oneOf('TreatMissingData', MISSING_DATA_TREATMENTS)
      : namespace === 'AWS/DynamoDB'
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
