import { ReadRegulation } from '../../../lambdas/query/read-regulation';
import { Problem } from '../../../lambdas/shared/problem';

/** Chance that goes evenly through everything between 0 and 1. */
function evenChance(): () => number {
  let step = 0;
  return () => (step++ * 0.618_033_988_75) % 1;
}

/** One environment and its table, in virtual time. */
class Reads {
  nowMs = 1_000_000;
  /** How long the table takes; undefined when it throttles. */
  tableMs: number | undefined = 10;
  reads = 0;
  private readonly regulation = new ReadRegulation(evenChance());

  /** Asks so often, a tenth of a second apart. @returns the share that was refused before the table was asked */
  async ask(times: number): Promise<number> {
    let refused = 0;
    for (let index = 0; index < times; index++) {
      this.nowMs += 100;
      try {
        await this.regulation.read(
          () => this.read(),
          () => this.nowMs,
        );
      } catch (error) {
        if (error instanceof Problem && error.slug === 'overloaded') refused++;
      }
    }
    return refused / times;
  }

  private async read(): Promise<void> {
    this.reads++;
    if (this.tableMs === undefined) throw new Error('ThrottlingException');
    this.nowMs += this.tableMs;
  }
}

describe('Query regulates its reads', () => {
  test('not at all while the table answers, nor while half of the answers are missing', async () => {
    const reads = new Reads();
    expect(await reads.ask(300)).toBe(0);
    for (let index = 0; index < 150; index++) {
      reads.tableMs = index % 2 === 0 ? 10 : undefined;
      expect(await reads.ask(1)).toBe(0);
    }
  });

  test.each([
    ['throttles everything', undefined],
    ['takes half a second for everything', 500],
  ])('by refusing most of them while the table %s', async (_, tableMs) => {
    const reads = new Reads();
    reads.tableMs = tableMs;
    await reads.ask(100);

    expect(await reads.ask(200)).toBeGreaterThan(0.75);
  });

  test('without a latch: some are always let through, and all of them soon after the table is well again', async () => {
    const reads = new Reads();
    reads.tableMs = undefined;
    await reads.ask(600);
    const before = reads.reads;
    await reads.ask(300);
    expect(reads.reads).toBeGreaterThan(before);

    reads.tableMs = 10;
    // Twenty seconds of being well.
    await reads.ask(200);
    expect(await reads.ask(100)).toBe(0);
  });

  test.each([
    [0, 1],
    [0.34, 2],
    [0.67, 3],
  ])('and tells callers to come back within three seconds, spread: by %s after %s', async (chance, seconds) => {
    const regulation = new ReadRegulation(() => chance);
    const errors: unknown[] = [];
    for (let index = 0; index < 8; index++) {
      await regulation.read(() => Promise.reject(new Error('down'))).catch((error: unknown) => errors.push(error));
    }
    const refusal = errors.find((error) => error instanceof Problem);
    expect(refusal?.retryAfterSeconds).toBe(seconds);
  });
});
