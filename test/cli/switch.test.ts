import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { outputs } from '../operations/switch-world';

const ROOT = resolve(__dirname, '../..');
const TEST_TIMEOUT_MS = 60_000;

interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errorLines: readonly string[];
}

/** Calls the command line as a person does, from the project's folder, with nobody at the terminal. */
function tandem(...args: readonly string[]): Promise<Outcome> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'bin/tandem.ts', ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' },
    });
    let output = '';
    let errorText = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (errorText += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (exitCode) => done({ exitCode, output, errorLines: errorText.trimEnd().split('\n') }));
  });
}

// Made at load: tests that run at once do not wait for `beforeAll`.
const folder = mkdtempSync(join(tmpdir(), 'tandem-switch-'));
const deployment = join(folder, 'outputs.json');
writeFileSync(deployment, JSON.stringify(outputs()));
writeFileSync(join(folder, 'foreign.json'), '{"Other":{}}');
afterAll(() => rmSync(folder, { recursive: true }));

describe('tandem switch', () => {
  it.concurrent.each<[what: string, args: readonly string[], ...expected: string[]]>([
    [
      'a region that does not serve',
      ['evacuate', 'us-east-2', '--deployment', deployment],
      '"us-east-2" does not serve',
      'Allowed: us-west-2, us-east-1.',
      'Did you mean us-east-1?',
    ],
    ['no region', ['failback', '--deployment', deployment], "'region'", '--help'],
    [
      'a deployment file that is not there',
      ['status', '--deployment', join(folder, 'nowhere')],
      'cannot be read',
      'cdk deploy',
    ],
    [
      'the outputs of another app',
      ['status', '--deployment', join(folder, 'foreign.json')],
      'no stack Tandem-sandbox-Routing',
    ],
    ['a reason that is none', ['evacuate', 'us-east-1', '--force', ' '], 'Allowed: a sentence'],
    ['a command that does not exist', ['evacuat'], "'evacuat'", 'Did you mean evacuate?'],
  ])(
    'answers %s with one line and exit code 2',
    async (_what, args, ...expected) => {
      const outcome = await tandem('switch', ...args);

      expect(outcome).toEqual({ exitCode: 2, output: '', errorLines: [expect.any(String)] });
      for (const part of expected) expect(outcome.errorLines[0]).toContain(part);
    },
    TEST_TIMEOUT_MS,
  );
});
