import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputs } from '../operations/switch-world';
import { tandem, TEST_TIMEOUT_MS } from './tandem';

const folder = mkdtempSync(join(tmpdir(), 'tandem-plan-'));
const deployment = join(folder, 'outputs.json');
const { 'Tandem-sandbox-Data': _, ...withoutData } = outputs();
writeFileSync(deployment, JSON.stringify(withoutData));
afterAll(() => rmSync(folder, { recursive: true }));

describe('tandem plan', () => {
  it.concurrent.each<[what: string, args: readonly string[], ...expected: string[]]>([
    ['a plan that does not exist', ['set', 'customer-1', 'gold'], "'gold'", 'Allowed choices are standard, priority'],
    ['a customer that is none', ['show', 'a customer'], 'Allowed: 1 to 64'],
    [
      'the outputs of a deployment without plans',
      ['set', 'customer-1', 'priority', '--deployment', deployment],
      'the stack Tandem-sandbox-Data has no output PlansWriterRegion',
    ],
  ])(
    'answers %s with one line and exit code 2',
    async (_what, args, ...expected) => {
      const outcome = await tandem('plan', ...args);

      expect(outcome).toEqual({ exitCode: 2, output: '', errorLines: [expect.any(String)] });
      for (const part of expected) expect(outcome.errorLines[0]).toContain(part);
    },
    TEST_TIMEOUT_MS,
  );
});
