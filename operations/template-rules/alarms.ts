import type { TemplateValue } from '../cloud-assembly';
import { listOf, objectOf, resourcesOf, ruleOf, type PlacedResource } from './template-rule';
import { textOf } from './template-text';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** What metric math calls its own, beside the functions, which are in capitals. */
const MATH_WORDS = new Set(['e']);

/**
 * What PutMetricAlarm refuses, and expressions over metrics that are not there
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html).
 */
export const metricAlarms = ruleOf('alarm-can-be-evaluated', ['AWS::CloudWatch::Alarm'], ({ properties }) => {
  const periods = Number(properties['EvaluationPeriods']);
  const points = Number(properties['DatapointsToAlarm'] ?? periods);
  const queries = listOf(properties['Metrics']).map(objectOf);
  const seconds = Math.max(...[properties, ...queries.map((query) => objectOf(query['MetricStat']))].map(periodOf));
  const mostSeconds = seconds >= HOUR_SECONDS ? 7 * DAY_SECONDS : DAY_SECONDS;
  return [
    ...(points > periods ? [`DatapointsToAlarm is ${points} of ${periods} EvaluationPeriods: it can never fire.`] : []),
    ...(periods * seconds > mostSeconds
      ? [`It looks at ${periods * seconds} s: at most ${mostSeconds} s with a period of ${seconds} s.`]
      : []),
    ...(![10, 20, 30].includes(seconds) && seconds % 60 !== 0
      ? [`Its period is ${seconds} s: it must be 10, 20, 30 or a multiple of 60.`]
      : []),
    ...mathComplaints(queries),
  ];
});

const periodOf = (metric: Readonly<Record<string, TemplateValue>>): number => Number(metric['Period'] ?? 0);

function mathComplaints(queries: readonly Readonly<Record<string, TemplateValue>>[]): string[] {
  if (queries.length === 0) return [];
  const ids = queries.map((query) => String(query['Id']));
  const returned = queries.filter((query) => query['ReturnData'] !== false);
  const unknown = queries.flatMap((query) => {
    // Strings in quotes are periods or dimensions of SEARCH.
    const expression = String(query['Expression'] ?? '').replaceAll(/'[^']*'|"[^"]*"/g, '');
    const words = expression.match(/\b[a-z][A-Za-z0-9_]*\b/g) ?? [];
    return [...new Set(words)].filter((word) => !ids.includes(word) && !MATH_WORDS.has(word));
  });
  return [
    ...unknown.map((id) => `Its expression names ${id}, which is none of its metrics: ${ids.join(', ')}.`),
    ...(returned.length === 1 ? [] : [`${returned.length} of its metrics return data: it must be one.`]),
  ];
}

/** A composite alarm that names alarms which no stack of its region makes. */
export const compositeAlarms = ruleOf(
  'composite-names-alarms-that-exist',
  ['AWS::CloudWatch::CompositeAlarm'],
  ({ stack, properties }, assembly) => {
    const known = alarmNames(resourcesOf(assembly, ALARM_TYPES).filter((alarm) => alarm.stack.region === stack.region));
    const rule = textOf(properties['AlarmRule'], stack);
    const named = [...rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*"?([^")]+?)"?\s*\)/g)].map(
      ([, name]) => name!,
    );
    const missing = named.map(lastPart).filter((name) => !known.has(name));
    return [
      ...missing.map((name) => `AlarmRule names ${name}, which no stack of ${stack.region} makes.`),
      ...(named.length === 0 && !/\b(TRUE|FALSE)\b/.test(rule) ? ['AlarmRule names no alarm.'] : []),
    ];
  },
);

const ALARM_TYPES = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

/** The names of alarms as templates give them. */
export const alarmNames = (alarms: readonly PlacedResource[]): Set<string> =>
  new Set(alarms.map(({ properties, stack }) => textOf(properties['AlarmName'], stack)));

/** An ARN ends with the alarm's name. */
const lastPart = (nameOrArn: string): string => nameOrArn.split(':').at(-1)!;
