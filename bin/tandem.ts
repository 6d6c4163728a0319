import { Command, CommanderError } from 'commander';
import { addAlarmsCommands } from './commands/alarms';
import { addBenchCommand } from './commands/bench';
import { addCapacityCommand } from './commands/capacity';
import { addCostCommand } from './commands/cost';
import { addDeployCommands } from './commands/deploy';
import { reportFailure } from './commands/exit-codes';
import { addOpenApiCommand } from './commands/openapi';
import { addGameDayCommands } from './commands/gameday';
import { addPlanCommands } from './commands/plan';
import { addPreflightCommand } from './commands/preflight';
import { addShedCommands } from './commands/shed';
import { addSwitchCommands } from './commands/switch';

/** The command line of Tandem. What each command does stands in its own file. */
async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('tandem')
    .description('A two-region system that proves its own availability.')
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  addGameDayCommands(program);
  addAlarmsCommands(program);
  addCapacityCommand(program);
  addOpenApiCommand(program);
  addSwitchCommands(program);
  addPlanCommands(program);
  addShedCommands(program);
  addCostCommand(program);
  addPreflightCommand(program);
  addDeployCommands(program);
  addBenchCommand(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    // Commander throws for --help too, with a code of its own and nothing to complain about.
    if (error instanceof CommanderError && error.exitCode === 0) return;
    process.exitCode = reportFailure(error);
  }
}

// Which version of Node.js a later SDK will need is nothing to tell whoever runs a command: the SDK's version is pinned here.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// A reader that has seen enough, such as `head`, closes the pipe. The run goes on and its exit code still counts.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void main(process.argv);
