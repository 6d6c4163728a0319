import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseCommandLine } from './parse-command-line';
import { parseConfiguration } from '../../blueprint/configuration';
import cdkJson from '../../cdk.json';
import { outputs } from '../operations/switch-world';

const RUNBOOKS = resolve(__dirname, '../../runbooks');
const PREFIX = 'npm run -s tandem -- ';

/** Each line in the shell blocks of a page. */
function shellLines(text: string): string[] {
  return [...text.matchAll(/^\s*```sh\n([\s\S]*?)^\s*```/gm)]
    .flatMap(([, block]) => block!.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Each call of the command line in them. */
function commandsIn(text: string): string[] {
  return shellLines(text)
    .filter((line) => line.startsWith(PREFIX))
    .map((line) => line.slice(PREFIX.length));
}

const cases = readdirSync(RUNBOOKS).flatMap((file) =>
  commandsIn(readFileSync(join(RUNBOOKS, file), 'utf8')).map((command) => ({ file, command })),
);

describe('The commands in the runbooks', () => {
  it.each(cases)('$file: $command', async ({ command }) => {
    await expect(parseCommandLine(command)).resolves.toBeDefined();
  });

  it('name regions of the default pair', async () => {
    const serving = new Set(Object.keys(outputs()).map((stack) => stack.replace('Tandem-sandbox-Service-', '')));
    const moves = await Promise.all(
      cases.filter(({ command }) => command.startsWith('switch ')).map(({ command }) => parseCommandLine(command)),
    );
    const regions = moves.flatMap(({ args }) => args);
    expect(regions.length).toBeGreaterThan(0);
    expect(regions.filter((region) => !serving.has(region))).toEqual([]);
  });

  it('are at most six from an empty account to a passed smoke test, and at most three to leave', () => {
    const linesIn = (file: string): string[] =>
      shellLines(readFileSync(join(RUNBOOKS, file), 'utf8')).filter((line) => !line.startsWith('#'));
    const [deploy, leave] = [linesIn('deploy.md'), linesIn('destroy.md')];

    expect(deploy.length).toBeLessThanOrEqual(6);
    expect(deploy.at(-1)).toBe(`${PREFIX}deploy`);
    expect(leave.length).toBeLessThanOrEqual(3);
    expect(leave[0]).toBe(`${PREFIX}destroy`);
  });

  it('bootstrap every region that the shipped settings use', () => {
    const bootstrap = shellLines(readFileSync(join(RUNBOOKS, 'deploy.md'), 'utf8')).find((line) =>
      line.includes('bootstrap'),
    );
    const regions = parseConfiguration(cdkJson.context);
    for (const region of [regions.primaryRegion, regions.standbyRegion, regions.witnessRegion, 'us-east-1']) {
      expect(bootstrap).toContain(`/${region}`);
    }
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
    await expect(parseCommandLine(command)).rejects.toThrow(complaint);
  });
});
