import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputs } from '../operations/switch-world';
import { tandem, TEST_TIMEOUT_MS } from './tandem';

const folder = mkdtempSync(join(tmpdir(), 'tandem-shed-'));
const file = join(folder, 'outputs.json');
writeFileSync(file, JSON.stringify(outputs()));
afterAll(() => rmSync(folder, { recursive: true }));

const set = (...more: readonly string[]): string[] => ['set', 'us-east-1', '--deployment', file, ...more];
const because = ['--reason', 'a drill'];

describe('tandem shed', () => {
  it.concurrent.each<[what: string, args: readonly string[], ...expected: string[]]>([
    ['two shares', set('--open', '100,50', ...because), "'100,50'", 'Allowed: three whole numbers from 100 to 0'],
    ['shares that rise', set('--open', '50,100,0', ...because), "'50,100,0'", 'never rise'],
    ['no reason', set('--open', '100,50,0'), '--reason'],
    ['a day', set('--open', '100,50,0', ...because, '--minutes', '1440'), "'1440'", 'from 1 to 240'],
    [
      'a region that does not serve',
      ['clear', 'us-east-2', '--deployment', file],
      '"us-east-2" does not serve',
      'Did you mean us-east-1?',
    ],
  ])(
    'answers %s with one line and exit code 2',
    async (_what, args, ...expected) => {
      const outcome = await tandem('shed', ...args);

      expect(outcome).toEqual({ exitCode: 2, output: '', errorLines: [expect.any(String)] });
      for (const part of expected) expect(outcome.errorLines[0]).toContain(part);
    },
    TEST_TIMEOUT_MS,
  );
});
