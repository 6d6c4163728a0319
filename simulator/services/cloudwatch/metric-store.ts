import { SimulatorDefect } from '../../kernel/errors';
import type { Kernel } from '../../kernel/kernel';
import type { MetricSample } from '../metric-sink';
import { MetricSeries, type MetricPoint } from './metric-series';
import { parseStatistic } from './statistic';

/** Which metric is meant: all dimensions, exactly, as CloudWatch demands. */
export interface MetricIdentity {
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A chart's question. */
export interface MetricQuery extends Omit<MetricIdentity, 'region'> {
  /** For example `Sum` or `p99`. */
  readonly statistic: string;
  /** @default - 60, or 10 for a high-resolution metric */
  readonly periodSeconds?: number;
}

export interface MetricStoreOptions {
  /**
   * How long after the end of its minute a data point of a service's own metrics (`AWS/...`) becomes visible, in
   * milliseconds. Services aggregate a minute and send it whole, so half of one is never seen.
   *
   * AWS promises nothing. One-minute metrics are reported to be available about two minutes after the start of their
   * minute (https://docs.datadoghq.com/integrations/guide/cloud-metric-delay/): a minute to be full, and one to arrive.
   * @default - 60,000
   */
  readonly serviceMetricDelayMs?: number;
  /**
   * How long a sample from a log line takes, in milliseconds. The user guide only says that it depends on when logs are
   * flushed, which nobody controls on Lambda, and advises M of N for that reason
   * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Alarms.html).
   * @default - 15,000, an assumption
   */
  readonly customMetricDelayMs?: number;
}

/** A sample of a metric with a storage resolution of one second. */
export interface StoredSample extends MetricSample {
  /** @default - 60 */
  readonly storageResolutionSeconds?: 1 | 60;
}

interface PendingSample {
  readonly visibleAtUs: number;
  readonly series: MetricSeries;
  readonly epochSeconds: number;
  readonly value: number;
}

/** High-resolution alarms have periods of 10 and 30 s, so nothing finer than this is ever asked for. */
const HIGH_RESOLUTION_BUCKET_SECONDS = 10;
const STANDARD_BUCKET_SECONDS = 60;
const RETENTION_SECONDS_MIN = 900;
const MINUTE_US = 60_000_000;

/**
 * Every metric of every region. A sample becomes visible after a delay and then counts in the period in which it was
 * taken. A minute of a service's metric arrives whole; one of logged metrics may be looked at while it is incomplete.
 */
export class MetricStore {
  private readonly places = new MetricPlace();
  private readonly sampled: MetricIdentity[] = [];
  private readonly serviceMetrics: DelayLine;
  private readonly customMetrics: DelayLine;

  constructor(
    private readonly kernel: Kernel,
    options: MetricStoreOptions = {},
  ) {
    this.serviceMetrics = new DelayLine((options.serviceMetricDelayMs ?? 60_000) * 1000);
    this.customMetrics = new DelayLine((options.customMetricDelayMs ?? 15_000) * 1000);
  }

  /** @throws SimulatorDefect for a value that is not a finite number: CloudWatch rejects it, so a model may not send it */
  put(sample: StoredSample): void {
    if (!Number.isFinite(sample.value)) {
      throw new SimulatorDefect(
        `Metric ${sample.namespace} ${sample.name} must be a finite number, got ${sample.value}.`,
      );
    }
    const isService = sample.namespace.startsWith('AWS/');
    const line = isService ? this.serviceMetrics : this.customMetrics;
    line.release(this.kernel.nowUs);
    line.push({
      visibleAtUs: (isService ? this.endOfMinuteUs() : this.kernel.nowUs) + line.delayUs,
      series: this.seriesFor(sample, sample.storageResolutionSeconds),
      epochSeconds: (sample.epochMs ?? this.kernel.epochMs) / 1000,
      value: sample.value,
    });
  }

  private endOfMinuteUs(): number {
    const { nowUs, startEpochMs } = this.kernel;
    const intoMinuteUs = (nowUs + startEpochMs * 1000) % MINUTE_US;
    return nowUs - intoMinuteUs + MINUTE_US;
  }

  /** The series as it is visible now, or `undefined` while no sample of it was ever put. */
  visible(metric: MetricIdentity): MetricSeries | undefined {
    this.serviceMetrics.release(this.kernel.nowUs);
    this.customMetrics.release(this.kernel.nowUs);
    return this.places.of(metric).series;
  }

  /** Keeps single values of that metric for at least so long, because an alarm will ask for them. */
  retain(metric: MetricIdentity, seconds: number): void {
    const place = this.places.of(metric);
    place.retentionSeconds = Math.max(seconds, place.retentionSeconds);
    if (place.series !== undefined) place.series.retentionSeconds = place.retentionSeconds;
  }

  /** Lets everything arrive that is on its way: for charts at the end of a run, which want its last minutes too. */
  flush(): void {
    this.serviceMetrics.release(Number.POSITIVE_INFINITY);
    this.customMetrics.release(Number.POSITIVE_INFINITY);
  }

  /**
   * What a chart draws: `[seconds since the start of the run, value]` for every period with visible samples. Empty for a
   * metric that has none.
   */
  series(region: string, query: MetricQuery): MetricPoint[] {
    const series = this.visible({ region, ...query });
    if (series === undefined) return [];
    const startSeconds = this.kernel.startEpochMs / 1000;
    const periodSeconds = query.periodSeconds ?? series.bucketSeconds;
    return series
      .points(periodSeconds, parseStatistic(query.statistic))
      .map(([epochSeconds, value]) => [epochSeconds - startSeconds, value]);
  }

  /** Every metric that had a sample, in the order of their first ones. */
  identities(): MetricIdentity[] {
    return [...this.sampled];
  }

  private seriesFor(sample: MetricIdentity, storageResolutionSeconds: 1 | 60 | undefined): MetricSeries {
    const place = this.places.of(sample);
    if (place.series !== undefined) return place.series;
    const bucketSeconds = storageResolutionSeconds === 1 ? HIGH_RESOLUTION_BUCKET_SECONDS : STANDARD_BUCKET_SECONDS;
    place.series = new MetricSeries(bucketSeconds, place.retentionSeconds);
    const { region, namespace, name, dimensions } = sample;
    const inOrder = sortedNames(dimensions).map((dimension) => [dimension, dimensions[dimension]!]);
    this.sampled.push({ region, namespace, name, dimensions: Object.fromEntries(inOrder) as Record<string, string> });
    return place.series;
  }
}

/** Samples on their way. None overtakes another, so the first in is the first out. */
class DelayLine {
  private samples: PendingSample[] = [];
  private head = 0;

  constructor(readonly delayUs: number) {}

  push(sample: PendingSample): void {
    this.samples.push(sample);
  }

  /** Lets every sample arrive that is visible by then. */
  release(nowUs: number): void {
    for (; this.head < this.samples.length; this.head++) {
      const sample = this.samples[this.head]!;
      if (sample.visibleAtUs > nowUs) break;
      sample.series.add(sample.epochSeconds, sample.value);
    }
    if (this.head > 1024 && this.head * 2 > this.samples.length) {
      this.samples = this.samples.slice(this.head);
      this.head = 0;
    }
  }
}

/**
 * Where a metric stands in the tree of all metrics, by the parts of its identity one after another. To join them into one
 * key took most of the work of a sample.
 */
class MetricPlace {
  /** Undefined before the first sample. */
  series: MetricSeries | undefined;
  retentionSeconds = RETENTION_SECONDS_MIN;
  private readonly next = new Map<string, MetricPlace>();

  of({ region, namespace, name, dimensions }: MetricIdentity): MetricPlace {
    let place = this.at(region).at(namespace).at(name);
    for (const dimension of sortedNames(dimensions)) place = place.at(dimension).at(dimensions[dimension]!);
    return place;
  }

  private at(part: string): MetricPlace {
    let place = this.next.get(part);
    if (place === undefined) {
      place = new MetricPlace();
      this.next.set(part, place);
    }
    return place;
  }
}

function sortedNames(dimensions: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(dimensions);
  return names.length > 1 ? names.sort() : names;
}
