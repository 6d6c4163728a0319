import { resolve } from 'node:path';
import { buildSync } from 'esbuild';

const PROJECT_ROOT = resolve(__dirname, '..');

/**
 * The code of a handler as it would be deployed. The settings are those of lib/constructs/bundled-code.ts, which would
 * draw the whole CDK in; `bundles.ts` among the measurements sees that a shipped handler comes out the same from both.
 *
 * @param entry path of the handler from the project's root
 */
export function benchBundle(entry: string): string {
  const { outputFiles } = buildSync({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: [entry],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}
