import type { Json, JsonObject } from '../aws-service';
import type { StoredSample } from './metric-store';

/** What one log line holds: samples, or the reasons why it holds fewer than it says. */
export interface ExtractedMetrics {
  readonly samples: readonly StoredSample[];
  /** One sentence for each thing that CloudWatch Logs would not accept. */
  readonly problems: readonly string[];
}

const NOTHING: ExtractedMetrics = { samples: [], problems: [] };
const DIMENSIONS_MAX = 30;
const METRICS_MAX = 100;
const VALUES_MAX = 100;

/**
 * Extracts metrics from one log line in the embedded metric format. A line without `"_aws"` is an ordinary log line; one
 * with it must keep to the format, since CloudWatch drops what does not, and nobody notices.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function extractMetrics(region: string, line: string): ExtractedMetrics {
  if (!line.includes('"_aws"')) return NOTHING;
  const root = parseObject(line);
  if (root === undefined) return { samples: [], problems: ['The line mentions "_aws" but is not a JSON object.'] };
  const metadata = root['_aws'];
  if (metadata === undefined) return NOTHING;
  return new Extraction(region, root).run(metadata);
}

/** One walk over one document. */
class Extraction {
  private readonly samples: StoredSample[] = [];
  private readonly problems: string[] = [];
  private epochMs = 0;

  constructor(
    private readonly region: string,
    private readonly root: JsonObject,
  ) {}

  run(metadata: Json): ExtractedMetrics {
    if (!isObject(metadata)) return this.end('_aws must be an object.');
    const { Timestamp, CloudWatchMetrics } = metadata;
    if (typeof Timestamp !== 'number') return this.end('_aws.Timestamp must be a number of milliseconds.');
    if (!Array.isArray(CloudWatchMetrics)) return this.end('_aws.CloudWatchMetrics must be a list.');
    this.epochMs = Timestamp;
    for (const directive of CloudWatchMetrics) this.readDirective(directive);
    return this.end();
  }

  private end(problem?: string): ExtractedMetrics {
    if (problem !== undefined) this.problems.push(problem);
    return { samples: this.samples, problems: this.problems };
  }

  private readDirective(directive: Json): void {
    if (!isObject(directive)) return void this.problems.push('A metric directive must be an object.');
    const { Namespace, Dimensions, Metrics } = directive;
    if (typeof Namespace !== 'string' || Namespace === '') {
      return void this.problems.push('A metric directive must have a Namespace.');
    }
    if (!Array.isArray(Dimensions) || !Array.isArray(Metrics)) {
      return void this.problems.push(`${Namespace}: Dimensions and Metrics must be lists.`);
    }
    if (Metrics.length > METRICS_MAX) {
      return void this.problems.push(`${Namespace}: at most ${METRICS_MAX} metrics, got ${Metrics.length}.`);
    }
    // Without a dimension set there is no metric to publish to; an empty set is a metric without dimensions.
    if (Dimensions.length === 0)
      this.problems.push(`${Namespace}: Dimensions holds no dimension set, so nothing is published.`);
    const sets = Dimensions.map((set) => this.readDimensionSet(Namespace, set)).filter((set) => set !== undefined);
    for (const metric of Metrics) this.readMetric(Namespace, sets, metric);
  }

  private readDimensionSet(namespace: string, set: Json): Record<string, string> | undefined {
    if (!Array.isArray(set) || set.length > DIMENSIONS_MAX) {
      this.problems.push(`${namespace}: a dimension set must be a list of at most ${DIMENSIONS_MAX} names.`);
      return undefined;
    }
    const dimensions: Record<string, string> = {};
    for (const name of set) {
      const value = typeof name === 'string' ? this.root[name] : undefined;
      if (typeof name !== 'string' || typeof value !== 'string' || value === '') {
        this.problems.push(`${namespace}: dimension ${JSON.stringify(name)} must be a non-empty string at the root.`);
        return undefined;
      }
      dimensions[name] = value;
    }
    return dimensions;
  }

  private readMetric(namespace: string, sets: readonly Record<string, string>[], metric: Json): void {
    const name = isObject(metric) ? metric['Name'] : undefined;
    if (!isObject(metric) || typeof name !== 'string' || name === '') {
      return void this.problems.push(`${namespace}: a metric definition must have a Name.`);
    }
    const { Unit = 'None', StorageResolution = 60 } = metric;
    if (typeof Unit !== 'string') return void this.problems.push(`${namespace} ${name}: Unit must be a string.`);
    if (StorageResolution !== 1 && StorageResolution !== 60) {
      return void this.problems.push(`${namespace} ${name}: StorageResolution must be 1 or 60.`);
    }
    const target = this.root[name];
    const values = Array.isArray(target) ? target : [target];
    if (values.length > VALUES_MAX || !values.every((value) => typeof value === 'number')) {
      return void this.problems.push(
        `${namespace} ${name}: the root must hold a number or at most ${VALUES_MAX} numbers, got ${JSON.stringify(target)}.`,
      );
    }
    const { region, epochMs } = this;
    for (const dimensions of sets) {
      for (const value of values) {
        // Written out, since spreading a shared part costs six times the whole extraction.
        this.samples.push({
          region,
          namespace,
          name,
          dimensions,
          value,
          unit: Unit,
          epochMs,
          storageResolutionSeconds: StorageResolution,
        });
      }
    }
  }
}

function parseObject(line: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    return isObject(parsed as Json) ? (parsed as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
