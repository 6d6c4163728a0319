import { join } from 'node:path';
import { buildSync } from 'esbuild';

const PROJECT_ROOT = join(__dirname, '..', '..');

/**
 * The code of a handler as it is deployed: one file with everything in it, SDK included, so that what was tested is what
 * runs, and no update of the managed runtime can change it.
 *
 * @param entry path of the handler from the project's root
 */
export function bundle(entry: string): string {
  const { outputFiles } = buildSync({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: [entry],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // The oldest Node that also runs the bundles in the simulator.
    target: 'node20',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    // An import() at run time would have to be resolved from the package.
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}
