import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { addAlarmsCommands } from '../../bin/commands/alarms';
import { addBenchCommand } from '../../bin/commands/bench';
import { addCapacityCommand } from '../../bin/commands/capacity';
import { addCostCommand } from '../../bin/commands/cost';
import { addGameDayCommands } from '../../bin/commands/gameday';
import { addOpenApiCommand } from '../../bin/commands/openapi';
import { addPlanCommands } from '../../bin/commands/plan';
import { addShedCommands } from '../../bin/commands/shed';
import { addSwitchCommands } from '../../bin/commands/switch';
import { outputs } from '../operations/switch-world';

const RUNBOOKS = resolve(__dirname, '../../runbooks');
const ADDERS = [
  addAlarmsCommands,
  addBenchCommand,
  addCapacityCommand,
  addCostCommand,
  addGameDayCommands,
  addOpenApiCommand,
  addPlanCommands,
  addShedCommands,
  addSwitchCommands,
];
const PREFIX = 'npm run -s tandem -- ';

/** Each call of the command line in the shell blocks of a page. */
function commandsIn(text: string): string[] {
  return [...text.matchAll(/^\s*```sh\n([\s\S]*?)^\s*```/gm)]
    .flatMap(([, block]) => block!.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line.startsWith(PREFIX))
    .map((line) => line.slice(PREFIX.length));
}

/** Parses as the command line does, and does nothing. @returns what would have been called, and with which arguments */
async function parse(commandLine: string): Promise<{ command: string; args: readonly string[] }> {
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

const cases = readdirSync(RUNBOOKS).flatMap((file) =>
  commandsIn(readFileSync(join(RUNBOOKS, file), 'utf8')).map((command) => ({ file, command })),
);

describe('The commands in the runbooks', () => {
  it.each(cases)('$file: $command', async ({ command }) => {
    await expect(parse(command)).resolves.toBeDefined();
  });

  it('name regions of the default pair', async () => {
    const serving = new Set(Object.keys(outputs()).map((stack) => stack.replace('Tandem-sandbox-Service-', '')));
    const moves = await Promise.all(
      cases.filter(({ command }) => command.startsWith('switch ')).map(({ command }) => parse(command)),
    );
    const regions = moves.flatMap(({ args }) => args);
    expect(regions.length).toBeGreaterThan(0);
    expect(regions.filter((region) => !serving.has(region))).toEqual([]);
  });

  it('cover the whole of the switch', () => {
    const verbs = cases.map(({ command }) => command.split(' ').slice(0, 2).join(' '));
    expect(verbs).toEqual(expect.arrayContaining(['switch status', 'switch evacuate', 'switch failback']));
  });

  it.each([
    ['switch evacuate', 'missing required argument'],
    ['switch evacuate us-east-1 --yess', 'unknown option'],
    ['switch fail-back us-east-1', 'too many arguments'],
    ['switch status --force', 'unknown option'],
  ])('would be found wrong: %s', async (command, complaint) => {
    await expect(parse(command)).rejects.toThrow(complaint);
  });
});
