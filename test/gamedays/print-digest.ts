import { regionLoss } from '../../gamedays/scenarios/region-loss';
import { flyGameDay, planFromFolder, shortRegionLoss } from './flight';

/** Flies a short region loss with every host source of time and chance trapped, and prints the digest of its trace. */
async function main(directory: string, seed: number): Promise<void> {
  const plan = planFromFolder(directory);
  const trap = (what: string) => (): never => {
    throw new Error(`${what} of the host was used during a run.`);
  };
  const host = { now: Date.now, random: Math.random, setTimeout: globalThis.setTimeout };
  Date.now = trap('Date.now');
  Math.random = trap('Math.random');
  globalThis.setTimeout = trap('setTimeout') as unknown as typeof setTimeout;
  const result = await flyGameDay(plan, shortRegionLoss(regionLoss), seed);
  Date.now = host.now;
  Math.random = host.random;
  globalThis.setTimeout = host.setTimeout;
  console.log(result.trace.digest);
}

main(process.argv[2]!, Number(process.argv[3])).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
