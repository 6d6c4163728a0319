import { InvalidArgumentError, type Command } from 'commander';
import { evacuate, failBack, switchStatus, type SwitchOutcome, type SwitchRequest } from '../../operations';
import { loadDeployment, platformOf, refuseUnknownRegion, withDeployment } from './deployment-option';
import { EXIT_CODES } from './exit-codes';

interface SwitchOptions {
  readonly deployment: string;
  readonly yes?: true;
  readonly force?: string;
}

export function addSwitchCommands(program: Command): void {
  const group = program.command('switch').description('take a region out of DNS and back, by data planes only');
  withDeployment(group.command('status'))
    .description('what both regions and DNS say')
    .action(async (options: SwitchOptions, command: Command) => {
      const deployment = loadDeployment(options.deployment, command);
      await switchStatus(await platformOf(deployment), deployment);
    });
  addMove(group, 'evacuate', 'take a region out: its orders go to the other region', evacuate);
  addMove(group, 'failback', 'take a region back', failBack);
}

type Move = (request: SwitchRequest) => Promise<SwitchOutcome>;

function addMove(group: Command, name: string, description: string, move: Move): void {
  withDeployment(group.command(name))
    .argument('<region>', 'a serving region, such as us-east-1')
    .description(description)
    .option('--yes', 'do not ask, for drills')
    .option('--force <reason>', 'overrule the guards that can be overruled, and record why', parseReason)
    .action(async (region: string, options: SwitchOptions, command: Command) => {
      const deployment = loadDeployment(options.deployment, command);
      refuseUnknownRegion(region, deployment, command);
      const outcome = await move({
        platform: await platformOf(deployment),
        deployment,
        region,
        isConfirmed: options.yes === true,
        ...(options.force === undefined ? {} : { forceReason: options.force }),
      });
      const isDone = outcome === 'done' || outcome === 'nothing-to-do';
      process.exitCode = isDone ? EXIT_CODES.pass : EXIT_CODES.findings;
    });
}

function parseReason(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Allowed: a sentence, such as --force "the standby is idle".');
  return text.trim();
}
