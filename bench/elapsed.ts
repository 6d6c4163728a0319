/** What something took: by the clock on the wall, and in processor time of the whole process. */
export interface Elapsed {
  readonly wallMs: number;
  /** All threads of the process, the garbage collector's and the compiler's included. */
  readonly cpuMs: number;
}

/** Times one piece of work. */
export async function timed(work: () => void | Promise<void>): Promise<Elapsed> {
  const cpuStart = process.cpuUsage();
  const wallStart = performance.now();
  await work();
  const wallMs = performance.now() - wallStart;
  const { user, system } = process.cpuUsage(cpuStart);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

/** Times the same piece of work several times over. */
export async function timedBatches(batches: number, work: () => void | Promise<void>): Promise<Elapsed[]> {
  const samples: Elapsed[] = [];
  for (let batch = 0; batch < batches; batch++) samples.push(await timed(work));
  return samples;
}

/** The median of both clocks, shared out among so many equal pieces. */
export function medianElapsed(samples: readonly Elapsed[], pieces = 1): Elapsed {
  return {
    wallMs: median(samples.map((sample) => sample.wallMs)) / pieces,
    cpuMs: median(samples.map((sample) => sample.cpuMs)) / pieces,
  };
}

/** @throws RangeError without values: the median of nothing would look like a measurement */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of no values.');
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
