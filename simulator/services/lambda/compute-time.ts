import type { RandomStream } from '../../kernel/random-stream';

/**
 * How long code takes, since it takes no virtual time of its own to run. These are stated assumptions in the order of
 * magnitude that is published for small bundles on arm64; game days depend on the order of magnitude, not on the digits.
 */
export interface ComputeTime {
  /** Median of the init phase of a cold start, in milliseconds. */
  readonly initMs: number;
  /** Median processor time of one invocation, in milliseconds. */
  readonly invocationMs: number;
  /** Deviation of the logarithm of both. */
  readonly spread: number;
}

/** Source for the init phase: https://speedrun.nobackspacecrew.com (2025-07-21), 250 to 375 ms with SDK clients. */
export const DEFAULT_COMPUTE_TIME: ComputeTime = { initMs: 300, invocationMs: 3, spread: 0.3 };

export function sampleInitUs(stream: RandomStream, time: ComputeTime): number {
  return stream.lognormal(time.initMs * 1000, time.spread);
}

export function sampleInvocationUs(stream: RandomStream, time: ComputeTime): number {
  return stream.lognormal(time.invocationMs * 1000, time.spread);
}
