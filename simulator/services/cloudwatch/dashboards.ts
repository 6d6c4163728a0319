import { NotModelled } from '../../kernel/errors';
import { AwsFault, type Json, type JsonObject } from '../aws-service';
import type { MetricIdentity } from './metric-store';

/** A dashboard, as far as a run can tell: whose metrics it draws and which alarms it shows. */
export interface Dashboard {
  readonly name: string;
  /** Those of expressions among them, each once. */
  readonly metrics: readonly MetricIdentity[];
  readonly alarmArns: readonly string[];
}

const WIDGETS_MAX = 500;
const NAME = /^[\w-]{1,255}$/;

/**
 * Reads the body of an `AWS::CloudWatch::Dashboard`. It changes nothing that a run observes, so only what would be
 * refused, or would draw nothing, is looked at.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 *
 * @throws AwsFault for a body that CloudWatch would not accept; NotModelled for a kind of widget that is not known here
 */
export function readDashboard(region: string, name: string, body: string): Dashboard {
  if (!NAME.test(name)) throw invalid(name, 'its name may have letters, digits, - and _');
  const widgets = widgetsOf(name, body);
  if (widgets.length > WIDGETS_MAX)
    throw invalid(name, `${widgets.length} widgets, at most ${WIDGETS_MAX} are allowed`);
  const metrics = new Map<string, MetricIdentity>();
  const alarmArns: string[] = [];
  for (const { type, properties } of widgets) {
    if (type === 'text') continue;
    if (type === 'alarm') alarmArns.push(...(properties?.['alarms'] as string[]));
    else if (type === 'metric') {
      for (const metric of metricsOf(name, (properties?.['region'] as string | undefined) ?? region, properties!)) {
        metrics.set(JSON.stringify(metric), metric);
      }
    } else throw new NotModelled(`The dashboard ${name}: a widget of type ${type}`, 'Use text, alarm or metric.');
  }
  return { name, metrics: [...metrics.values()], alarmArns };
}

interface Widget {
  readonly type: string;
  readonly properties?: JsonObject;
}

function widgetsOf(name: string, body: string): readonly Widget[] {
  let parsed: { readonly widgets?: readonly Widget[] } | null;
  try {
    parsed = JSON.parse(body) as typeof parsed;
  } catch (error) {
    throw invalid(name, `its body is no JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(parsed?.widgets)) throw invalid(name, 'its body has no list of widgets');
  return parsed.widgets;
}

/** Each entry is an expression, or namespace, name, pairs of dimensions and perhaps options; `.` repeats what stood there. */
function metricsOf(dashboard: string, region: string, properties: JsonObject): MetricIdentity[] {
  const metrics: MetricIdentity[] = [];
  let previous: readonly Json[] = [];
  for (const entry of (properties['metrics'] ?? []) as readonly (readonly Json[])[]) {
    const last = entry.at(-1);
    const options = typeof last === 'object' && last !== null ? (last as JsonObject) : {};
    if (options['expression'] !== undefined) continue;
    const names = entry
      .filter((part) => typeof part === 'string')
      .map((part, at) => (part === '.' ? previous[at] : part));
    if (names.length < 2 || names.length % 2 !== 0) {
      throw invalid(
        dashboard,
        `a metric needs a namespace, a name and pairs of dimensions, got ${JSON.stringify(entry)}`,
      );
    }
    previous = names as Json[];
    const [namespace, name, ...pairs] = names as string[];
    const dimensions: Record<string, string> = {};
    for (let at = 0; at < pairs.length; at += 2) dimensions[pairs[at]!] = pairs[at + 1]!;
    metrics.push({
      region: (options['region'] as string | undefined) ?? region,
      namespace: namespace!,
      name: name!,
      dimensions,
    });
  }
  return metrics;
}

const invalid = (name: string, what: string): AwsFault =>
  new AwsFault('InvalidParameterInput', `The dashboard ${name}: ${what}.`);
