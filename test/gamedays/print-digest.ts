import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import { regionLoss } from '../../gamedays/scenarios/region-loss';
import { flyGameDay, planFromFolder, shortRegionLoss } from './flight';

/** What a run in a process of its own printed. */
export interface PrintedDigest {
  readonly digest: string;
  /** The kinds of asynchronous work that the host was asked for, in alphabetical order. */
  readonly asyncResources: readonly string[];
}

/**
 * Flies a short region loss with every host source of time and chance trapped and every kind of asynchronous work
 * noted, and prints the digest of its trace.
 */
async function main(directory: string, seed: number): Promise<void> {
  const plan = planFromFolder(directory);
  const trap = (what: string) => (): never => {
    throw new Error(`${what} of the host was used during a run.`);
  };
  const host = {
    now: Date.now,
    random: Math.random,
    setTimeout: globalThis.setTimeout,
    setInterval: globalThis.setInterval,
    fetch: globalThis.fetch,
    performanceNow: performance.now,
    hrtime: process.hrtime,
  };
  Date.now = trap('Date.now');
  Math.random = trap('Math.random');
  globalThis.setTimeout = trap('setTimeout') as unknown as typeof setTimeout;
  globalThis.setInterval = trap('setInterval');
  globalThis.fetch = trap('fetch');
  performance.now = trap('performance.now');
  process.hrtime = Object.assign(trap('process.hrtime'), { bigint: trap('process.hrtime.bigint') });
  // Only what the run asks for counts: the loader of TypeScript may still be writing its cache.
  const run = new AsyncLocalStorage<string>();
  const kinds = new Set<string>();
  const hook = createHook({ init: (_asyncId, kind) => void (run.getStore() === 'run' && kinds.add(kind)) }).enable();
  const result = await run.run('run', () => flyGameDay(plan, shortRegionLoss(regionLoss), seed));
  hook.disable();
  Date.now = host.now;
  Math.random = host.random;
  globalThis.setTimeout = host.setTimeout;
  globalThis.setInterval = host.setInterval;
  globalThis.fetch = host.fetch;
  performance.now = host.performanceNow;
  process.hrtime = host.hrtime;
  const printed: PrintedDigest = { digest: result.trace.digest, asyncResources: [...kinds].sort() };
  console.log(JSON.stringify(printed));
}

main(process.argv[2]!, Number(process.argv[3])).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
