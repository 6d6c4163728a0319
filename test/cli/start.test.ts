import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

describe('A start of a TypeScript file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-start-'));
    mkdirSync(join(folder, 'inner'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function start(files: Readonly<Record<string, string>>, ...args: string[]) {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return spawnSync(process.execPath, ['bin/start.mjs', ...args], { cwd: ROOT, encoding: 'utf8' });
  }

  test('tells each file its own place, and the first one its arguments', () => {
    const files = {
      'outer.ts': `import { place, word } from './inner/place';
        console.log(JSON.stringify([__dirname, __filename, place as string, word, process.argv.slice(1)]));`,
      'inner/place.ts': "export const place: string = __dirname; export const word = '__dirname';",
    };
    const outer = join(folder, 'outer.ts');
    const { stdout, stderr } = start(files, outer, '--seed', '1');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([folder, outer, join(folder, 'inner'), '__dirname', [outer, '--seed', '1']]);
  });

  test('names the line of the source where something is thrown', () => {
    const files = {
      'outer.ts': "import { fall } from './inner/fall';\n\nfall();\n",
      'inner/fall.ts': "// One line\n// and another.\nexport function fall(): never {\n  throw new Error('fell');\n}\n",
    };
    const { stderr, status } = start(files, join(folder, 'outer.ts'));
    expect(status).toBe(1);
    expect(stderr).toContain('Error: fell');
    expect(stderr).toMatch(/fall \(.*inner\/fall\.ts:4:/);
    expect(stderr).toMatch(/outer\.ts:3:/);
  });

  test('asks for the file in one line', () => {
    const { stderr, status } = start({});
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('Which file is to be run?')]);
    expect(status).toBe(2);
  });
});
