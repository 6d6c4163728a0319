import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';

/** Every random stream of a run is derived from the seed; 32 bits are what other tools take, too. */
export const SEED_MAX = 4_294_967_295;
const SEEDS_MAX = 10_000;

/** @throws InvalidArgumentError, as all of these do, with what is allowed; the command line adds what it got */
export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > SEED_MAX) {
    throw new InvalidArgumentError(`Allowed: a whole number from 0 to ${SEED_MAX}, such as --seed 7.`);
  }
  return seed;
}

/** Every seed of a range such as `1..50`. */
export function parseSeedRange(text: string): number[] {
  const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(text)?.map(Number) ?? [];
  if (from === undefined || to === undefined || to < from || to > SEED_MAX || to - from >= SEEDS_MAX) {
    throw new InvalidArgumentError(
      `Allowed: two whole numbers from 0 to ${SEED_MAX} in order, at most ${SEEDS_MAX} seeds, such as --seeds 1..50.`,
    );
  }
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export function collectContext(text: string, collected: Record<string, string>): Record<string, string> {
  const separator = text.indexOf('=');
  if (separator < 1) throw new InvalidArgumentError('Allowed: key=value, such as -c tandem:stage=full.');
  return { ...collected, [text.slice(0, separator)]: text.slice(separator + 1) };
}

export function parseFile(text: string): string {
  if (text === '') throw new InvalidArgumentError('Allowed: the path of a file, such as out/result.json.');
  return text;
}

/** A folder that is there, to write to. */
export function parseFolder(folder: string): string {
  if (isFolder(folder)) return folder;
  throw new InvalidArgumentError(`Allowed: a folder that exists. Make it with mkdir -p ${folder}.`);
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** A folder that is there. What is no result in it is passed over. */
export function parseResultsFolder(folder: string): string {
  if (isFolder(folder)) return folder;
  throw new InvalidArgumentError(
    'Allowed: a folder with result documents. Write one with tandem gameday run NAME --json out/NAME.json.',
  );
}

/** A folder that `cdk synth` has written: it holds a manifest that lists artifacts. */
export function parseAssemblyFolder(folder: string): string {
  if (!hasManifest(folder)) {
    throw new InvalidArgumentError(
      'Allowed: a folder with the manifest.json of a cloud assembly. Write one with npx cdk synth -o cdk.out.',
    );
  }
  return folder;
}

function hasManifest(folder: string): boolean {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { artifacts?: unknown } | null;
    return typeof manifest?.artifacts === 'object' && manifest.artifacts !== null;
  } catch {
    // Not there, not a folder, not readable or not JSON: none of these is an assembly.
    return false;
  }
}
