import { Command } from 'commander';
import { addAlarmsCommands } from '../../bin/commands/alarms';
import { addBenchCommand } from '../../bin/commands/bench';
import { addCapacityCommand } from '../../bin/commands/capacity';
import { addCostCommand } from '../../bin/commands/cost';
import { addDeployCommands } from '../../bin/commands/deploy';
import { addGameDayCommands } from '../../bin/commands/gameday';
import { addOpenApiCommand } from '../../bin/commands/openapi';
import { addPlanCommands } from '../../bin/commands/plan';
import { addPreflightCommand } from '../../bin/commands/preflight';
import { addShedCommands } from '../../bin/commands/shed';
import { addSwitchCommands } from '../../bin/commands/switch';

const ADDERS = [
  addAlarmsCommands,
  addBenchCommand,
  addCapacityCommand,
  addCostCommand,
  addDeployCommands,
  addGameDayCommands,
  addOpenApiCommand,
  addPlanCommands,
  addPreflightCommand,
  addShedCommands,
  addSwitchCommands,
];
/** Parses as the command line does, and does nothing. @returns what would have been called, and with which arguments */
export async function parseCommandLine(commandLine: string): Promise<{ command: string; args: readonly string[] }> {
  const program = new Command('tandem').exitOverride().configureOutput({ outputError: () => undefined });
  for (const add of ADDERS) add(program);
  let called: { command: string; args: readonly string[] } | undefined;
  const disarm = (command: Command): void => {
    command.action((...given: unknown[]) => {
      const self = given.at(-1) as Command;
      called = { command: self.name(), args: self.args };
    });
    for (const child of command.commands) disarm(child);
  };
  for (const child of program.commands) disarm(child);
  await program.parseAsync(wordsOf(commandLine), { from: 'user' });
  return called!;
}

/** Words as a shell splits them, for lines with double quotes only. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
