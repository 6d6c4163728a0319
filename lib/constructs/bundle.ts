import { join, parse } from 'node:path';
import { build, buildSync, type BuildOptions, type OutputFile } from 'esbuild';

const PROJECT_ROOT = join(__dirname, '..', '..');

/** How handlers are bundled. */
export const BUNDLE_OPTIONS = {
  absWorkingDir: PROJECT_ROOT,
  write: false,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  // The oldest Node that also runs the bundles in the simulator.
  target: 'node20',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  // The SDK's chain of ways to credentials is a third of a package, and Lambda has one.
  alias: { '@aws-sdk/credential-provider-node': './lambdas/shared/execution-role-credentials.ts' },
  // An import() at run time would have to be resolved from the package.
  supported: { 'dynamic-import': false },
  logLevel: 'error',
} as const satisfies BuildOptions;

/**
 * The code of handlers as they are deployed: one file each with everything in it, SDK included, so that what was tested
 * is what runs, and no update of the managed runtime can change it. They are bundled in one call of the bundler, which
 * reads what they share only once.
 *
 * @param entries paths of the handlers from the project's root
 * @returns the code by entry
 */
export function bundle(entries: readonly string[]): ReadonlyMap<string, string> {
  return byEntry(entries, buildSync(optionsFor(entries)).outputFiles);
}

/** The same beside this process, which goes on meanwhile. */
export async function bundleBeside(entries: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build(optionsFor(entries));
  return byEntry(entries, outputFiles);
}

/** Entries are named by their place in the list, so that output files can be told apart whatever they are called. */
const optionsFor = (entries: readonly string[]) => ({
  ...BUNDLE_OPTIONS,
  entryPoints: Object.fromEntries(entries.map((entry, index) => [String(index), entry])),
  outdir: 'bundles',
});

const byEntry = (entries: readonly string[], files: readonly OutputFile[]): ReadonlyMap<string, string> =>
  new Map(files.map(({ path, text }) => [entries[Number(parse(path).name)]!, text]));
