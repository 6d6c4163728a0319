import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundle } from './bundle';

const PROJECT_ROOT = join(__dirname, '..', '..');

/** Both regions deploy the same packages, so each entry is bundled once a process. */
const bundles = new Map<string, string>();

/**
 * A deployment package of one bundled file.
 *
 * The bundler runs in this process. `NodejsFunction` would start `npx` for each function, which takes longer than the
 * bundling itself and more than half of a synth.
 *
 * @param entry path of the handler from the project's root; its folder must hold one handler only
 */
export function bundledCode(entry: string): Code {
  return Code.fromAsset(join(PROJECT_ROOT, dirname(entry)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Asked for only when the local bundler declines, which it never does.
      image: DockerImage.fromRegistry('docker-is-not-used'),
      local: {
        tryBundle: (outputDirectory) => {
          const code = bundles.get(entry) ?? bundle(entry);
          bundles.set(entry, code);
          writeFileSync(join(outputDirectory, 'index.js'), code);
          return true;
        },
      },
    },
  });
}
