/**
 * The CDK app. Run by the CDK CLI, or without it: `CDK_OUTDIR=cdk.out node --import tsx bin/app.ts`.
 *
 * The context of cdk.json is read here too, so both ways see the same settings; what the CLI passes (-c) wins.
 */
import { App } from 'aws-cdk-lib';
import { ConfigurationError, parseConfiguration } from '../blueprint/configuration';
import cdkJson from '../cdk.json';
import { buildTandem } from '../lib/tandem-app';

try {
  const app = new App({ context: cdkJson.context, analyticsReporting: false });
  buildTandem(app, parseConfiguration(app.node.getAllContext() as Record<string, unknown>));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exit(2);
}
