import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CATALOGUE } from '../../gamedays';

const ROOT = resolve(__dirname, '../..');
const ROOMS = 'bench|bin|blueprint|client|docs|gamedays|lambdas|lib|operations|report|runbooks|simulator|test';

const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** Relative links that lead nowhere. */
function brokenLinks(file: string, text: string): string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
    .map((match) => match[1]!)
    .filter((link) => !existsSync(join(ROOT, dirname(file), link)));
}

/** Paths of the project, in backticks, that do not exist. */
function brokenPaths(text: string): string[] {
  return [...text.matchAll(new RegExp(`\`((?:${ROOMS})/[\\w./-]*)\``, 'g'))]
    .map((match) => match[1]!)
    .filter((path) => !path.includes('NNNN') && !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, `${path}.ts`)));
}

/** npm scripts and game days that a command in the text names and that do not exist. */
function brokenCommands(text: string): string[] {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const unknownScripts = [...text.matchAll(/npm run (?:-s )?([\w-]+)/g)]
    .map((match) => match[1]!)
    .filter((script) => scripts[script] === undefined);
  const names = new Set(CATALOGUE.map((gameDay) => gameDay.name));
  const unknownGameDays = [...text.matchAll(/gameday (?:run|sweep) ([\w-]+)/g)]
    .map((match) => match[1]!)
    .filter((name) => !names.has(name));
  return [...unknownScripts, ...unknownGameDays];
}

describe.each(documents)('%s', (file) => {
  const text = read(file);

  it('has links and paths that lead somewhere', () => {
    expect([...brokenLinks(file, text), ...brokenPaths(text)]).toEqual([]);
  });

  it('names commands that exist', () => {
    expect(brokenCommands(text)).toEqual([]);
  });
});

describe('The check of documents', () => {
  it('finds a broken link, a broken path and a broken command', () => {
    expect(brokenLinks('README.md', '[a](docs/nowhere.md)')).toEqual(['docs/nowhere.md']);
    expect(brokenPaths('see `lib/nowhere.ts`')).toEqual(['lib/nowhere.ts']);
    expect(brokenCommands('npm run nothing, gameday run nobody')).toEqual(['nothing', 'nobody']);
  });
});
