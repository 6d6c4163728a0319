/**
 * Decides the state of a metric alarm from its data points and from nothing else.
 *
 * Source of every rule: "Alarm evaluation" and "Configuring how CloudWatch alarms treat missing data" in the CloudWatch
 * user guide, https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export const COMPARISON_OPERATORS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanThreshold',
] as const;
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

export const MISSING_DATA_TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type MissingDataTreatment = (typeof MISSING_DATA_TREATMENTS)[number];

/** The part of an alarm that its evaluation needs. */
export interface AlarmRule {
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: number;
  /** N: how many data points are evaluated. */
  readonly evaluationPeriods: number;
  /** M: how many of them must breach. */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: MissingDataTreatment;
  /** Fewer samples than this in the N periods leave the state as it is. @default - the number of samples does not matter */
  readonly sampleCountMin?: number;
}

/** What CloudWatch retrieved for one evaluation. */
export interface RetrievedData {
  /** The evaluation range: one entry a period, oldest first, `undefined` where no data exists. At least N entries. */
  readonly points: readonly (number | undefined)[];
  /** Samples behind the newest N points. @default - not asked for by the rule */
  readonly sampleCount?: number;
}

export interface AlarmVerdict {
  readonly state: AlarmState;
  /** In the words CloudWatch uses for its state reasons, without the times of the data points. */
  readonly reason: string;
}

/** @param previous the state before, which is kept where the documentation says so */
export function evaluateAlarm(rule: AlarmRule, data: RetrievedData, previous: AlarmState): AlarmVerdict {
  if (rule.sampleCountMin !== undefined && (data.sampleCount ?? 0) < rule.sampleCountMin) {
    return { state: previous, reason: `Unchecked: fewer than ${rule.sampleCountMin} samples for this percentile.` };
  }
  const existing = data.points.filter((point) => point !== undefined);
  if (existing.length === 0) return evaluateNothing(rule, previous);
  // Enough real points: the newest N of them decide, and the missing-data treatment is not used.
  if (existing.length >= rule.evaluationPeriods) return count(rule, existing.slice(-rule.evaluationPeriods), 0);
  if (rule.treatMissingData === 'breaching') return count(rule, existing, rule.evaluationPeriods - existing.length);
  if (rule.treatMissingData === 'notBreaching') return count(rule, existing, 0);
  return evaluateSparse(rule, data.points, existing, previous);
}

/** Whether a value is on the wrong side of the threshold. */
export function isBreaching(rule: Pick<AlarmRule, 'comparisonOperator' | 'threshold'>, value: number): boolean {
  switch (rule.comparisonOperator) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= rule.threshold;
    case 'GreaterThanThreshold':
      return value > rule.threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= rule.threshold;
    case 'LessThanThreshold':
      return value < rule.threshold;
  }
}

function evaluateNothing(rule: AlarmRule, previous: AlarmState): AlarmVerdict {
  const periods = `no datapoints were received for ${rule.evaluationPeriods} period${rule.evaluationPeriods === 1 ? '' : 's'}`;
  switch (rule.treatMissingData) {
    case 'missing':
      return { state: 'INSUFFICIENT_DATA', reason: `Insufficient Data: ${periods}.` };
    case 'ignore':
      return { state: previous, reason: `Unchecked: ${periods} and missing data is ignored.` };
    case 'breaching':
      return { state: 'ALARM', reason: `Threshold Crossed: ${periods} and missing data was treated as [Breaching].` };
    case 'notBreaching':
      return { state: 'OK', reason: `Threshold Crossed: ${periods} and missing data was treated as [NonBreaching].` };
  }
}

/**
 * Fewer than N points exist and gaps are not filled (`missing`, `ignore`).
 *
 * A good point among the existing ones, or M bad ones, let the count decide. Otherwise the "premature" rule holds: all
 * existing points breach, and the oldest of them is at least M periods old. The user guide speaks once of the
 * evaluation periods and once of the evaluation range; the range is used here, as its table did for `X - - - -`.
 * When the rule does not hold (`- - - - X`), `missing` gives INSUFFICIENT_DATA: the row stood in the guide's tables
 * until 2019 (awsdocs/amazon-cloudwatch-user-guide, 05fd32f, doc_source/AlarmThatSendsEmail.md) and nothing replaced it.
 */
function evaluateSparse(
  rule: AlarmRule,
  points: readonly (number | undefined)[],
  existing: readonly number[],
  previous: AlarmState,
): AlarmVerdict {
  const breachingCount = existing.filter((point) => isBreaching(rule, point)).length;
  if (breachingCount < existing.length || breachingCount >= rule.datapointsToAlarm) return count(rule, existing, 0);
  const unknown = `${rule.evaluationPeriods - existing.length} datapoints were unknown`;
  if (rule.treatMissingData === 'ignore') {
    return { state: previous, reason: `Unchecked: ${unknown} and missing data is ignored.` };
  }
  const oldestAge = points.length - points.findIndex((point) => point !== undefined);
  if (oldestAge < rule.datapointsToAlarm)
    return { state: 'INSUFFICIENT_DATA', reason: `Insufficient Data: ${unknown}.` };
  return {
    state: 'ALARM',
    reason: `Threshold Crossed: ${datapoints(existing)} ${comparison(rule, true)} and no newer datapoint was received.`,
  };
}

function count(rule: AlarmRule, values: readonly number[], filledBreachingCount: number): AlarmVerdict {
  const breaching = values.filter((value) => isBreaching(rule, value));
  const isAlarm = breaching.length + filledBreachingCount >= rule.datapointsToAlarm;
  const shown = isAlarm ? breaching : values.filter((value) => !isBreaching(rule, value));
  const filled =
    isAlarm && filledBreachingCount > 0
      ? ` and ${filledBreachingCount} missing datapoint${filledBreachingCount === 1 ? ' was' : 's were'} treated as [Breaching]`
      : '';
  return {
    state: isAlarm ? 'ALARM' : 'OK',
    reason:
      `Threshold Crossed: ${shown.length} out of the last ${rule.evaluationPeriods} datapoints ` +
      `${bracketed(shown)} ${comparison(rule, isAlarm)}${filled}.`,
  };
}

function datapoints(values: readonly number[]): string {
  return `${values.length} datapoint${values.length === 1 ? '' : 's'} ${bracketed(values)}`;
}

function bracketed(values: readonly number[]): string {
  return `[${values.map(decimal).join(', ')}]`;
}

function comparison(rule: AlarmRule, isCrossed: boolean): string {
  const words: Record<ComparisonOperator, string> = {
    GreaterThanOrEqualToThreshold: 'greater than or equal to',
    GreaterThanThreshold: 'greater than',
    LessThanOrEqualToThreshold: 'less than or equal to',
    LessThanThreshold: 'less than',
  };
  return `${isCrossed ? 'was' : 'was not'} ${words[rule.comparisonOperator]} the threshold (${decimal(rule.threshold)})`;
}

function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
