import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CATALOGUE } from '../../gamedays';

const ROOT = resolve(__dirname, '../..');
const PAGES = { 'docs/complaints.md': 15, 'docs/security.md': 12 } as const;
const GAME_DAYS = new Set(CATALOGUE.map(({ name }) => name));

/** Each row of the page's tables, without their heads. */
function rowsOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([first]) => !/^-+$/.test(first!))
    .slice(1);
}

/** What shows it: a test or a runbook that exists, a game day, or a check of every game day. */
function isShown(cell: string): boolean {
  const terms = [...cell.matchAll(/`([^`]+)`|\]\(\.\.\/([^)]+)\)/g)].map(([, term, link]) => term ?? link!);
  return terms.some((term) => GAME_DAYS.has(term) || term === 'no-access-denied' || existsSync(join(ROOT, term)));
}

const unproven = (text: string): string[] =>
  rowsOf(text)
    .filter((cells) => cells.length !== 3 || cells.some((cell) => cell === '') || !isShown(cells[2]!))
    .map(([first]) => first!);

describe.each(Object.entries(PAGES))('%s', (page, rowsMin) => {
  const text = readFileSync(join(ROOT, page), 'utf8');

  it('says in every row what is done and what shows it', () => {
    expect(rowsOf(text).length).toBeGreaterThanOrEqual(rowsMin);
    expect(unproven(text)).toEqual([]);
  });

  it('is linked from the entrance', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`(${page})`);
  });
});

describe('The check of these pages', () => {
  it('finds a row without a test, and one whose test is gone', () => {
    const head = '| What | How | Test |\n| --- | --- | --- |\n';
    expect(unproven(`${head}| a | b | \`test/nowhere.test.ts\` |\n| c | d | |\n| e | f | \`region-loss\` |`)).toEqual([
      'a',
      'c',
    ]);
  });
});
