import { Problem } from '../shared/problem';

/** Reads of the last seconds count: what was five seconds ago counts half. */
const HALF_LIFE_MS = 5_000;
/** However few are answered, one read a second is tried, or nobody would learn that the table is well again. */
const PROBE_INTERVAL_MS = 1_000;
/** So many reads are let through for each that the table has answered. Above one, so that recovery is found out. */
const READS_PER_ANSWER = 2;
/** An answer that took so long is none: callers are about to give up, and executions are what is short. */
const SLOW_MS = 400;
const RETRY_AFTER_SECONDS_MAX = 3;

/**
 * Regulates the reads of one execution environment by what becomes of them: whether the table answers, and how soon. It
 * needs no I/O, and knows nothing of the work queue, since reads must not be refused for the orders that wait. Of what is
 * asked for, more than twice what is answered is refused before it costs anything (the adaptive throttling of
 * https://sre.google/sre-book/handling-overload/).
 *
 * It cannot latch: what is counted fades, and one read a second is let through whatever was counted.
 */
export class ReadRegulation {
  private asked = 0;
  private answered = 0;
  private countedAt = 0;
  private triedAt = 0;

  constructor(private readonly chance: () => number = Math.random) {}

  /**
   * Does the read, unless too few of the last ones were answered.
   * @throws Problem overloaded, before the read is begun
   */
  async read<T>(read: () => Promise<T>, now: () => number = Date.now): Promise<T> {
    const startMs = now();
    this.fade(startMs);
    const isProbe = Math.abs(startMs - this.triedAt) >= PROBE_INTERVAL_MS;
    const isRefused = !isProbe && this.chance() < this.refusedShare();
    this.asked++;
    if (isRefused) {
      const seconds = 1 + Math.floor(this.chance() * RETRY_AFTER_SECONDS_MAX);
      throw new Problem('overloaded', 'Orders cannot be read fast enough at the moment.', seconds);
    }
    this.triedAt = startMs;
    const value = await read();
    if (now() - startMs < SLOW_MS) this.answered++;
    return value;
  }

  private refusedShare(): number {
    return Math.max(0, (this.asked - READS_PER_ANSWER * this.answered) / (this.asked + 1));
  }

  private fade(now: number): void {
    const share = 0.5 ** (Math.max(0, now - this.countedAt) / HALF_LIFE_MS);
    this.asked *= share;
    this.answered *= share;
    this.countedAt = now;
  }
}
