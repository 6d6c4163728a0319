/**
 * The CDK app. Run by the CDK CLI, or without it: `CDK_OUTDIR=cdk.out node --import tsx bin/app.ts`.
 *
 * The context of cdk.json is read here too, so both ways see the same settings; what the CLI passes (-c) wins.
 */
import { ConfigurationError, parseConfiguration } from '../blueprint/configuration';
import cdkJson from '../cdk.json';
import { bundleServicesAhead } from '../lib/constructs/service-bundles';

async function main(): Promise<void> {
  // The bundler works while the CDK is loaded: either takes a second, and neither needs the other.
  const bundled = bundleServicesAhead();
  const { App } = await import('aws-cdk-lib');
  const { buildTandem } = await import('../lib/tandem-app');
  const app = new App({ context: cdkJson.context, analyticsReporting: false });
  const configuration = parseConfiguration(app.node.getAllContext() as Record<string, unknown>);
  await bundled;
  buildTandem(app, configuration);
  app.synth();
}

main().catch((error: unknown) => {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exit(2);
});
