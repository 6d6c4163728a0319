import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const PROJECT_ROOT = path.join(__dirname, '..', '..');

/** Both regions deploy the same packages, so each entry is bundled once a process. */
const bundles = new Map<string, Uint8Array>();

/**
 * A deployment package of one file with everything in it, SDK included: what was tested is what runs, and no update of
 * the managed runtime can change it.
 *
 * The bundler runs in this process. `NodejsFunction` would start `npx` for each function, which takes longer than the
 * bundling itself and more than half of a synth.
 *
 * @param entry path of the handler from the project's root; its folder must hold one handler only
 */
export function bundledCode(entry: string): Code {
  return Code.fromAsset(path.join(PROJECT_ROOT, path.dirname(entry)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Asked for only when the local bundler declines, which it never does.
      image: DockerImage.fromRegistry('docker-is-not-used'),
      local: {
        tryBundle: (outputDirectory) => {
          writeBundle(entry, path.join(outputDirectory, 'index.js'));
          return true;
        },
      },
    },
  });
}

function writeBundle(entry: string, file: string): void {
  let bundle = bundles.get(entry);
  if (bundle === undefined) {
    bundle = build(entry);
    bundles.set(entry, bundle);
  }
  writeFileSync(file, bundle);
}

function build(entry: string): Uint8Array {
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
    // One file with everything in it: an import() at run time would have to be resolved from the package.
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  return outputFiles[0]!.contents;
}
