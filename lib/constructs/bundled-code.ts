import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { serviceBundles } from './service-bundles';

const PROJECT_ROOT = join(__dirname, '..', '..');

/**
 * A deployment package of one bundled file.
 *
 * The bundler runs once, for all of them. `NodejsFunction` would start `npx` for each function, which takes longer than the
 * bundling itself and more than half of a synth.
 *
 * @param entry path of a service's handler from the project's root; its folder must hold one handler only
 */
export function bundledCode(entry: string): Code {
  return Code.fromAsset(join(PROJECT_ROOT, dirname(entry)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Asked for only when the local bundler declines, which it never does.
      image: DockerImage.fromRegistry('docker-is-not-used'),
      local: {
        tryBundle: (outputDirectory) => {
          writeFileSync(join(outputDirectory, 'index.js'), serviceBundles().get(entry)!);
          return true;
        },
      },
    },
  });
}
