import { InvalidArgumentError, type Command } from 'commander';
import type { PerClass } from '../../blueprint/priorities';
import { clearShed, setShed, shedStatus, type SwitchOutcome } from '../../operations';
import { loadDeployment, platformOf, refuseUnknownRegion, withDeployment } from './deployment-option';
import { EXIT_CODES } from './exit-codes';

interface ShedOptions {
  readonly deployment: string;
  readonly yes?: true;
}

interface SetOptions extends ShedOptions {
  readonly open: PerClass<number>;
  readonly minutes: number;
  readonly reason: string;
  readonly force?: true;
}

const MINUTES_MAX = 240;

export function addShedCommands(program: Command): void {
  const group = program.command('shed').description('how far each region is open, and to whom');
  withDeployment(group.command('status'))
    .description('what each region refuses, and why')
    .action(async ({ deployment: file }: ShedOptions, command: Command) => {
      const deployment = loadDeployment(file, command);
      const isKnown = await shedStatus(await platformOf(deployment), deployment);
      process.exitCode = isKnown ? EXIT_CODES.pass : EXIT_CODES.findings;
    });
  withDeployment(group.command('set'))
    .argument('<region>', 'a serving region, such as us-east-1')
    .description('order how far a region is open, in place of its regulator, until it expires')
    .requiredOption('--open <shares>', 'of priority checkouts, checkouts and imports, in per cent', parseShares)
    .requiredOption('--reason <sentence>', 'for whoever looks next', parseReason)
    .option('--minutes <n>', 'how long it holds', parseMinutes, 15)
    .option('--force', 'go on in spite of what speaks against it')
    .option('--yes', 'do not ask, for drills')
    .action(async (region: string, options: SetOptions, command: Command) => {
      const deployment = loadDeployment(options.deployment, command);
      refuseUnknownRegion(region, deployment, command);
      const { open, minutes, reason } = options;
      exitWith(
        await setShed({
          platform: await platformOf(deployment),
          deployment,
          region,
          open,
          minutes,
          reason,
          isConfirmed: options.yes === true,
          isForced: options.force === true,
        }),
      );
    });
  withDeployment(group.command('clear'))
    .argument('<region>', 'a serving region, such as us-east-1')
    .description('give a region back to its regulator')
    .option('--yes', 'do not ask, for drills')
    .action(async (region: string, options: ShedOptions, command: Command) => {
      const deployment = loadDeployment(options.deployment, command);
      refuseUnknownRegion(region, deployment, command);
      const platform = await platformOf(deployment);
      exitWith(await clearShed({ platform, deployment, region, isConfirmed: options.yes === true }));
    });
}

function exitWith(outcome: SwitchOutcome): void {
  const isDone = outcome === 'done' || outcome === 'nothing-to-do';
  process.exitCode = isDone ? EXIT_CODES.pass : EXIT_CODES.findings;
}

/** Nobody may be served before somebody more important, so the shares never rise. */
function parseShares(text: string): PerClass<number> {
  const [first, second, third, ...more] = text.split(',').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : NaN));
  const isOrdered = 100 >= first! && first! >= second! && second! >= third!;
  if (!isOrdered || more.length > 0) {
    throw new InvalidArgumentError(
      'Allowed: three whole numbers from 100 to 0 that never rise, such as --open 100,50,0.',
    );
  }
  return [first! / 100, second! / 100, third! / 100];
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (!/^\d+$/.test(text) || minutes < 1 || minutes > MINUTES_MAX) {
    throw new InvalidArgumentError(`Allowed: a whole number from 1 to ${MINUTES_MAX}, such as --minutes 15.`);
  }
  return minutes;
}

function parseReason(text: string): string {
  if (text.trim() === '')
    throw new InvalidArgumentError('Allowed: a sentence, such as --reason "the provider is slow".');
  return text.trim();
}
