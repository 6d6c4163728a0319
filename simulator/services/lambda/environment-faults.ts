import type { Kernel } from '../../kernel/kernel';

/** An environment that dies does so within this time from the start of an invocation: about as long as most take. */
const DEATH_DELAY_US_MAX = 150_000;

/** A module that cannot be loaded fails about as fast as that. */
const CRASH_DELAY_US = 2_000;

/** What is wrong with the execution environments of each region. */
export class EnvironmentFaults {
  private readonly skewsMs = new Map<string, number>();
  private readonly deathShares = new Map<string, number>();
  private readonly crashShares = new Map<string, number>();

  constructor(private readonly kernel: Kernel) {}

  /** From now on the clocks of the region's environments are wrong by so much; positive is fast, 0 ends it. */
  skewClock(region: string, skewMs: number): void {
    this.skewsMs.set(region, skewMs);
    this.kernel.record(`lambda.${region}`, 'clock-skew', String(skewMs));
  }

  /** From now on the environment of so large a share of all invocations dies before it has answered; 0 ends it. */
  killInvocations(region: string, share: number): void {
    this.deathShares.set(region, share);
    this.kernel.record(`lambda.${region}`, 'kill-share', String(share));
  }

  /** From now on so large a share of all invocations of one function ends at once in an error of its own; 0 ends it. */
  crashFunction(region: string, functionName: string, share: number): void {
    this.crashShares.set(`${region}/${functionName}`, share);
    this.kernel.record(`lambda.${region}`, 'crash-share', `${functionName} ${share}`);
  }

  /** Milliseconds since 1970 as the region's environments believe. */
  epochMs(region: string): number {
    return this.kernel.epochMs + (this.skewsMs.get(region) ?? 0);
  }

  /** When the environment of an invocation that starts now dies; undefined when it lives. */
  drawDeathUs(region: string, functionName: string): number | undefined {
    const crashShare = this.crashShares.get(`${region}/${functionName}`) ?? 0;
    if (crashShare > 0 && this.kernel.random(`crashes/${region}/${functionName}`).chance(crashShare)) {
      return CRASH_DELAY_US;
    }
    const share = this.deathShares.get(region) ?? 0;
    if (share === 0) return undefined;
    const random = this.kernel.random(`deaths/${region}`);
    return random.chance(share) ? random.uniform(0, DEATH_DELAY_US_MAX) : undefined;
  }
}
