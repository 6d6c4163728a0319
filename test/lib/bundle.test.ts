import { build } from 'esbuild';
import { SERVICES } from '../../blueprint/services';
import { BUNDLE_OPTIONS } from '../../lib/constructs/bundle';

const CREDENTIALS = /node_modules\/(@aws-sdk\/(?:credential-provider-[\w-]+|nested-clients|token-providers))\//;

/** The packages for finding credentials of which a deployment package holds code. */
async function credentialPackages(entries: readonly string[], options: object = BUNDLE_OPTIONS): Promise<string[]> {
  const { metafile } = await build({ ...options, entryPoints: [...entries], outdir: 'bundles', metafile: true });
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs: used }) =>
    Object.entries(used).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  return [...new Set(inputs.flatMap((path) => CREDENTIALS.exec(path)?.[1] ?? []))].sort();
}

it('bundles no way to credentials but the one Lambda has', async () => {
  expect(await credentialPackages(SERVICES.map(({ entry }) => entry))).toEqual(['@aws-sdk/credential-provider-env']);
});

it('would bundle them all otherwise', async () => {
  const packages = await credentialPackages(['lambdas/payments/handler.ts'], { ...BUNDLE_OPTIONS, alias: {} });
  expect(packages).toEqual(
    expect.arrayContaining(['@aws-sdk/credential-provider-node', '@aws-sdk/credential-provider-sso']),
  );
});
