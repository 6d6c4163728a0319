import type { Command } from 'commander';
import { readConfiguration } from '../../gamedays';
import { preflightText, runPreflight } from '../../operations';
import { EXIT_CODES } from './exit-codes';
import { APP_DIRECTORY, loadSynthesized, withContext, type SynthesizedOptions } from './synthesized';

interface PreflightOptions extends SynthesizedOptions {
  readonly json?: true;
}

export function addPreflightCommand(program: Command): void {
  withContext(program.command('preflight'))
    .description('what an account lacks before a deployment, each finding with its fix; it only reads')
    .option('--json', 'print the findings for machines')
    .action(preflight);
}

async function preflight(options: PreflightOptions): Promise<void> {
  const assembly = await loadSynthesized(options);
  const configuration = readConfiguration(APP_DIRECTORY, options.context);
  // No other command needs these clients.
  const { awsAccount } = await import('../../operations/preflight/aws-account');
  const result = await runPreflight({ account: awsAccount(configuration.primaryRegion), assembly, configuration });
  process.stdout.write(options.json === true ? `${JSON.stringify(result, null, 2)}\n` : preflightText(result));
  process.exitCode = result.isClear ? EXIT_CODES.pass : EXIT_CODES.findings;
}
