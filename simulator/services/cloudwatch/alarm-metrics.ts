import type { JsonObject } from '../aws-service';
import { AwsFault } from '../aws-service';
import type { ResourceProperties } from '../resource-properties';
import { compileMetricMath, type MetricMath, type Points } from './metric-math';
import type { MetricIdentity } from './metric-store';
import { parseStatistic, type Statistic } from './statistic';

/** One metric that an alarm looks at, and what it makes of its samples. */
export interface AlarmMetric {
  /** @default - the alarm has no expression, and this is its metric */
  readonly id?: string;
  readonly metric: MetricIdentity;
  /** As written, for example `p99`. */
  readonly statisticName: string;
  readonly statistic: Statistic;
}

/** Expressions by id, one of which the alarm evaluates. */
export interface AlarmMath {
  readonly returnedId: string;
  readonly expressions: ReadonlyMap<string, { readonly text: string; readonly math: MetricMath }>;
}

/** What an alarm with `Metrics` looks at. */
export interface AlarmMetrics {
  readonly metrics: readonly AlarmMetric[];
  readonly math?: AlarmMath;
  readonly periodSeconds: number;
}

const QUERY = {
  modelled: ['Expression', 'Id', 'MetricStat', 'Period', 'ReturnData'],
  harmless: ['Label'],
};
const METRIC_STAT = { modelled: ['Metric', 'Period', 'Stat'], harmless: [] };
const METRIC = { modelled: ['Dimensions', 'MetricName', 'Namespace'], harmless: [] };

/**
 * Reads the property `Metrics` of an alarm: metrics, and expressions over them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
 *
 * @throws NotModelled for functions that are not modelled, metrics of other accounts, and units; AwsFault for what
 *   CloudWatch would not accept
 */
export function readAlarmMetrics(region: string, reader: ResourceProperties): AlarmMetrics {
  const metrics: AlarmMetric[] = [];
  const expressions = new Map<string, { readonly text: string; readonly math: MetricMath }>();
  const returned: string[] = [];
  const periods = new Set<number>();
  for (const query of reader.objects('Metrics', QUERY)) {
    const id = query.string('Id');
    if (query.optionalBoolean('ReturnData') ?? true) returned.push(id);
    const text = query.optionalString('Expression');
    if (text === undefined) {
      const stat = query.object('MetricStat', METRIC_STAT);
      periods.add(stat.number('Period'));
      metrics.push({ id, ...readAlarmMetric(region, stat.object('Metric', METRIC), stat.string('Stat')) });
    } else {
      const period = query.optionalNumber('Period');
      if (period !== undefined) periods.add(period);
      expressions.set(id, { text, math: compileMetricMath(text) });
    }
  }
  if (returned.length !== 1) throw reader.invalid('Metrics', returned, 'a list with ReturnData true for exactly one');
  const [periodSeconds, ...others] = periods;
  if (periodSeconds === undefined || others.length > 0) {
    throw reader.invalid('Metrics', [...periods], 'a list of queries with one and the same Period');
  }
  const ids = new Set([...metrics.map((metric) => metric.id!), ...expressions.keys()]);
  for (const [id, { math }] of expressions) {
    const unknown = math.ids.find((name) => !ids.has(name));
    if (unknown !== undefined) throw new AwsFault('ValidationError', `Invalid metrics list: ${id} names ${unknown}.`);
    refuseCircle(id, expressions, []);
  }
  const returnedId = returned[0]!;
  const only = metrics.find(({ id }) => id === returnedId);
  if (only !== undefined) return { metrics: [only], periodSeconds };
  return { metrics, math: { returnedId, expressions }, periodSeconds };
}

function refuseCircle(
  id: string,
  expressions: ReadonlyMap<string, { readonly math: MetricMath }>,
  path: readonly string[],
): void {
  if (path.includes(id)) throw new AwsFault('ValidationError', `Invalid metrics list: ${id} depends on itself.`);
  for (const next of expressions.get(id)?.math.ids ?? []) refuseCircle(next, expressions, [...path, id]);
}

/** Reads namespace, name and dimensions. @param statisticName for example `Sum` or `p99` */
export function readAlarmMetric(region: string, reader: ResourceProperties, statisticName: string): AlarmMetric {
  const dimensions = reader.objects('Dimensions', { modelled: ['Name', 'Value'], harmless: [] });
  return {
    metric: {
      region,
      namespace: reader.string('Namespace'),
      name: reader.string('MetricName'),
      dimensions: Object.fromEntries(dimensions.map((entry) => [entry.string('Name'), entry.string('Value')])),
    },
    statisticName,
    statistic: parseStatistic(statisticName),
  };
}

/** The points of the expression that the alarm evaluates, out of those of its metrics. */
export function evaluateAlarmMath(
  { returnedId, expressions }: AlarmMath,
  pointsById: ReadonlyMap<string, Points>,
  length: number,
): Points {
  const metricIds = [...pointsById.keys()];
  const known = new Map(pointsById);
  const points = (id: string): Points => {
    let found = known.get(id);
    if (found === undefined) {
      found = expressions.get(id)!.math.evaluate({ points, metricIds, length });
      known.set(id, found);
    }
    return found;
  };
  return points(returnedId);
}

/** The queries as a notification shows them. */
export function describeAlarmMetrics(
  metrics: readonly AlarmMetric[],
  math: AlarmMath,
  periodSeconds: number,
): JsonObject[] {
  const shown = metrics.map(({ id, metric, statisticName }): JsonObject => ({
    Id: id!,
    MetricStat: {
      Metric: { Namespace: metric.namespace, MetricName: metric.name, Dimensions: { ...metric.dimensions } },
      Period: periodSeconds,
      Stat: statisticName,
    },
    ReturnData: false,
  }));
  const formulas = [...math.expressions].map(([id, { text }]): JsonObject => ({
    Id: id,
    Expression: text,
    ReturnData: id === math.returnedId,
  }));
  return [...formulas, ...shown];
}
