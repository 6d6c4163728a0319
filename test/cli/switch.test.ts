import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputs } from '../operations/switch-world';
import { tandem, TEST_TIMEOUT_MS } from './tandem';

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
