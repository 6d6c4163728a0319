/** Where the models publish the metrics that the real services would publish. */
export interface MetricSink {
  /** Adds one sample at the present virtual instant. Names, dimensions and units are those of the real service. */
  put(sample: MetricSample): void;
}

/** One sample of a metric, in the region whose CloudWatch would hold it. */
export interface MetricSample {
  readonly region: string;
  /** For example `AWS/SQS`. */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  /** For example `Count`, `Milliseconds`, `Seconds`. */
  readonly unit: string;
  /** When the sample was taken. @default - now */
  readonly epochMs?: number;
}
