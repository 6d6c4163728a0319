import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseCommandLine } from './parse-command-line';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, '.github/workflows');
const TANDEM = 'npm run -s tandem -- ';

const workflows = readdirSync(FOLDER).map((file) => ({ file, text: readFileSync(join(FOLDER, file), 'utf8') }));
const workflow = (name: string): string => workflows.find(({ file }) => file === `${name}.yml`)!.text;
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** The value of every line `key: value`, be it the first of a list's item. */
const valuesOf = (text: string, key: string): string[] =>
  [...text.matchAll(new RegExp(`^\\s*(?:- )?${key}: (.+)$`, 'gm'))].map(([, value]) => value!);

/** The lines of one job, from its name to the next one's. */
const jobOf = (text: string, name: string): string =>
  new RegExp(`^  ${name}:\\n((?:    .*\\n|\\n)*)`, 'm').exec(text)?.[1] ?? '';

/** Actions by something that can be moved to other code. */
const movable = (text: string): string[] =>
  valuesOf(text, 'uses').filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action));

/** What stands in a workflow and must not: keys, rights to write, tabs. */
const risks = (text: string): string[] =>
  [/aws-access-key-id|AKIA|secrets\./, /write-all|contents: write|pull_request_target/, /\t/]
    .filter((pattern) => pattern.test(text))
    .map(String);

/** The steps of a shell that name something which does not exist. */
async function unknownCommands(text: string): Promise<string[]> {
  const unknown: string[] = [];
  for (const command of valuesOf(text, 'run')) {
    if (command.startsWith(TANDEM)) {
      const isKnown = await parseCommandLine(command.slice(TANDEM.length)).catch(() => undefined);
      if (isKnown === undefined) unknown.push(command);
    } else if (!/^npm ci$|^npx cdk diff/.test(command)) {
      const [, script] = /^npm (?:run )?([\w-]+)$/.exec(command) ?? [];
      if (scripts[script ?? ''] === undefined) unknown.push(command);
    }
  }
  return unknown;
}

describe.each(workflows)('$file', ({ text }) => {
  it('runs actions that nobody can move, and commands that exist', async () => {
    expect(valuesOf(text, 'uses').length).toBeGreaterThan(0);
    expect(movable(text)).toEqual([]);
    expect(await unknownCommands(text)).toEqual([]);
  });

  it('says what it may, how long it may take, and holds no key', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(valuesOf(text, 'timeout-minutes')).toHaveLength(valuesOf(text, 'runs-on').length);
    expect(risks(text)).toEqual([]);
  });

  it('has an indentation by two, as YAML is written here', () => {
    expect(text.split('\n').filter((line) => /^( {2})* [^ ]/.test(line))).toEqual([]);
  });
});

describe('The workflows', () => {
  it('test every push and verify every night', () => {
    expect(workflow('test')).toMatch(/^ {2}push:$/m);
    expect(valuesOf(workflow('test'), 'run')).toEqual(['npm ci', 'npm test']);
    expect(workflow('verify')).toMatch(/^ {4}- cron: '\d+ \d+ \* \* \*'$/m);
    expect(valuesOf(workflow('verify'), 'run')).toContain('npm run verify');
  });

  it('change a sandbox by hand only, behind reviewers who have seen the difference, with a role and no key', () => {
    const text = workflow('sandbox');
    expect(/^on:\n((?: {2}.*\n)*)/m.exec(text)![1]!.match(/^ {2}\w+:/gm)).toEqual(['  workflow_dispatch:']);
    expect(valuesOf(jobOf(text, 'show'), 'run')).toContain('npx cdk diff --method template');
    expect(jobOf(text, 'show')).not.toContain('--yes');
    expect(valuesOf(jobOf(text, 'change'), 'needs')).toEqual(['show']);
    expect(valuesOf(jobOf(text, 'change'), 'environment')).toEqual(['sandbox']);
    expect(valuesOf(text, 'id-token')).toEqual(['write']);
    expect(valuesOf(text, 'role-to-assume')).toEqual(Array(2).fill('${{ vars.TANDEM_DEPLOY_ROLE }}'));
  });
});

describe('The check of the workflows', () => {
  it('finds an action by its tag, a command that is none, a key and a right to write', async () => {
    expect(movable('- uses: actions/checkout@v5\n')).toEqual(['actions/checkout@v5']);
    expect(await unknownCommands('- run: npm run nothing\n- run: npm run -s tandem -- deploy --now\n')).toHaveLength(2);
    expect(risks('contents: write\nkey: ${{ secrets.KEY }}')).toHaveLength(2);
  });
});
