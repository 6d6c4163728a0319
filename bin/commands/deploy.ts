import { InvalidArgumentError, type Command } from 'commander';
import { readConfiguration } from '../../gamedays';
import { deploy, destroy, preflightText, readCloudAssembly, runPreflight, type DeployOutcome } from '../../operations';
import { EXIT_CODES } from './exit-codes';
import { APP_DIRECTORY, withContext } from './synthesized';

/** Kept: the difference that was shown is that of this folder, and so is what is deployed. */
const FOLDER = 'cdk.out.deploy';
const BAKE_MINUTES = { sandbox: 2, full: 10 } as const;

interface DeployOptions {
  readonly context: Readonly<Record<string, string>>;
  readonly yes?: true;
  readonly bakeMinutes?: number;
}

export function addDeployCommands(program: Command): void {
  withContext(program.command('deploy'))
    .description('show the difference, ask, and deploy one region at a time, the one that serves nobody first')
    .option('--yes', 'do not ask; for a sandbox only')
    .option(
      '--bake-minutes <n>',
      'how long alarms are watched after each region (default: 2, in stage full 10)',
      parseMinutes,
    )
    .action(async (options: DeployOptions) => {
      const { platform, assembly, configuration } = await prepare(options.context);
      const { awsAccount } = await import('../../operations/preflight/aws-account');
      const preflight = await runPreflight({
        account: awsAccount(configuration.primaryRegion),
        assembly,
        configuration,
      });
      process.stdout.write(preflightText(preflight));
      if (!preflight.isClear) {
        process.exitCode = EXIT_CODES.findings;
        return;
      }
      const bakeMinutes = options.bakeMinutes ?? BAKE_MINUTES[configuration.stage];
      exitWith(await deploy({ platform, assembly, configuration, bakeMinutes, isConfirmed: options.yes === true }));
    });
  withContext(program.command('destroy'))
    .description('delete every stack, the last that was deployed first, and say what stays')
    .option('--yes', 'do not ask; for a sandbox only')
    .action(async (options: DeployOptions) => {
      exitWith(await destroy({ ...(await prepare(options.context)), isConfirmed: options.yes === true }));
    });
}

async function prepare(context: DeployOptions['context']) {
  const configuration = readConfiguration(APP_DIRECTORY, context);
  const { awsDeployPlatform } = await import('../../operations/deploy/aws-deploy-platform');
  const platform = awsDeployPlatform(APP_DIRECTORY);
  const settings = Object.entries(context).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // By CDK itself, with its own validation of templates.
  const code = await platform.run(['npx', 'cdk', 'synth', '--quiet', '--output', FOLDER, ...settings]);
  if (code !== 0) throw new Error(`npx cdk synth ended with exit code ${code}; what it said stands above.`);
  return { platform, assembly: readCloudAssembly(FOLDER), configuration };
}

function exitWith(outcome: DeployOutcome): void {
  process.exitCode = outcome === 'done' ? EXIT_CODES.pass : EXIT_CODES.findings;
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (text.trim() !== '' && minutes >= 0 && minutes <= 120) return minutes;
  throw new InvalidArgumentError('Allowed: minutes from 0 to 120, such as --bake-minutes 10.');
}
