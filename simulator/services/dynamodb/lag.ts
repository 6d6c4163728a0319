import type { RandomStream } from '../../kernel/random-stream';

/** A delay that varies: log-normal, so that half of the samples are below the median and a few are much above it. */
export interface Lag {
  /** Milliseconds; 0 means none. */
  readonly median: number;
  /** The deviation of the logarithm; 0 means always the median. */
  readonly sigma: number;
}

/** One sample in microseconds. Without a lag nothing is drawn. */
export function drawLagUs({ median, sigma }: Lag, stream: RandomStream): number {
  return median === 0 ? 0 : Math.round(stream.lognormal(median, sigma) * 1000);
}
