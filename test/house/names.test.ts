import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const FILE_LINES_MAX = 400;
const ENTRY_POINT_LINES_MAX = 60;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');

function lineCount(file: string): number {
  return readFileSync(join(ROOT, file), 'utf8').split('\n').length;
}

function emptyNames(names: readonly string[]): string[] {
  return names.filter((file) => /^(utils?|helpers?|common|misc)$/.test(basename(file).split('.')[0]!));
}

describe('The house rules for files', () => {
  it('hold no name that says nothing', () => {
    expect(emptyNames(files)).toEqual([]);
    expect(emptyNames(['lib/utils.ts'])).toEqual(['lib/utils.ts']);
  });

  it('ask for kebab-case', () => {
    expect(files.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.ts$/.test(basename(file)))).toEqual([]);
  });

  it(`keep a file under ${FILE_LINES_MAX} lines`, () => {
    const tooLong = files.filter((file) => !file.startsWith('test/') && lineCount(file) > FILE_LINES_MAX);
    expect(tooLong).toEqual([]);
  });

  it(`keep an entry point under ${ENTRY_POINT_LINES_MAX} lines`, () => {
    const entryPoints = files.filter((file) => /^bin\/[^/]+\.ts$|^lambdas\/[^/]+\/handler\.ts$/.test(file));
    expect(entryPoints.filter((file) => lineCount(file) > ENTRY_POINT_LINES_MAX)).toEqual([]);
  });
});
