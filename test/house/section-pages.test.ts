import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ALARMS, COMPOSITE_ALARMS } from '../../blueprint/alarms';
import { parseConfiguration } from '../../blueprint/configuration';
import { DATA } from '../../blueprint/data';
import { INTERFACES } from '../../blueprint/interfaces';
import { ORDER_STATUSES, PAYMENT_STATES } from '../../blueprint/orders';
import { BLUEPRINT_RULES } from '../../blueprint/rules';
import { SERVICES } from '../../blueprint/services';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { CATALOGUE } from '../../gamedays';

/** The pages of the tutorial's sections. Links and commands in them are the business of documents.test.ts. */
const ROOT = resolve(__dirname, '../..');
const PAGES = [
  'docs/distribution.md',
  'docs/interfaces-and-state.md',
  'docs/availability.md',
  'docs/scalability.md',
  'docs/visibility.md',
];

const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
/** The settings as shipped, but for the sample path that the stage `full` refuses. */
const CONTEXT = { ...context, 'tandem:healthPath': 'a-path-of-our-own-0' } as Readonly<Record<string, unknown>>;
const GAME_DAYS = new Set<string>(CATALOGUE.map(({ name }) => name));
const RULES = new Set(BLUEPRINT_RULES.map(({ name }) => name));
const NAMES = new Set<string>([
  ...GAME_DAYS,
  ...RULES,
  ...SERVICES.flatMap(({ name, family }) => [name, family]),
  ...DATA.flatMap(({ name, sharing }) => [name, sharing]),
  ...INTERFACES.flatMap(({ name, recovery }) => [name, recovery]),
  ...[...ALARMS, ...COMPOSITE_ALARMS].map(({ id }) => id),
  ...CATALOGUE.flatMap(({ expectations }) => expectations.checks),
  ...Object.keys(TIME_BUDGETS),
  ...ORDER_STATUSES,
  ...PAYMENT_STATES,
]);

const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');
const isPath = (term: string): boolean => term.includes('/') && existsSync(join(ROOT, term));

/** A setting, alone or with a value, that the configuration does not refuse beside those of cdk.json. */
function isSetting(term: string): boolean {
  const [, key, value] = /^(tandem:\w+)(?:=(.+))?$/.exec(term) ?? [];
  if (key === undefined) return false;
  try {
    parseConfiguration({ ...CONTEXT, [key]: value ?? CONTEXT[key] });
    return true;
  } catch {
    return false;
  }
}

const terms = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '');

/** Terms in backticks, outside fences, that are no path and no name of the system. */
const unknownTerms = (text: string): string[] =>
  terms(prose(text)).filter((term) => !NAMES.has(term) && !isPath(term) && !isSetting(term));

/** Rows of the tables of choices: question, choice, given up, code, shown by. */
function choices(text: string): string[][] {
  const tables = prose(text)
    .split('\n\n')
    .filter((block) => block.startsWith('| Question'));
  return tables.flatMap((table) =>
    table
      .trimEnd()
      .split('\n')
      .slice(2)
      .map((row) => row.split('|').slice(1, -1)),
  );
}

/** Questions whose row leaves a cell empty, or names no code, or nothing that shows the choice. */
const unprovenChoices = (text: string): string[] =>
  choices(text)
    .filter(([question, choice, givenUp, code, shownBy]) => {
      const isSaid = [question, choice, givenUp].every((cell) => (cell ?? '').trim() !== '');
      const isCoded = terms(code ?? '').some(isPath);
      const isShown = terms(shownBy ?? '').some(
        (term) => GAME_DAYS.has(term) || RULES.has(term) || (term.startsWith('test/') && isPath(term)),
      );
      return !(isSaid && isCoded && isShown);
    })
    .map(([question]) => question!.trim());

/** Pairs of names that stand in no row together. */
const missingPairs = (text: string, pairs: readonly (readonly [string, string])[]): string[] =>
  pairs
    .filter(([a, b]) => !text.split('\n').some((row) => [a, b].every((name) => terms(row).includes(name))))
    .map(([a, b]) => `${a}: ${b}`);

describe.each(PAGES)('%s', (page) => {
  const text = read(page);

  it('names only paths, settings and parts of the system that exist', () => {
    expect(unknownTerms(text)).toEqual([]);
  });

  it('says for every choice what was given up, where it stands and what shows it', () => {
    expect(choices(text).length).toBeGreaterThan(5);
    expect(unprovenChoices(text)).toEqual([]);
  });

  it('draws a picture, says what is open, and is linked from the entrance', () => {
    expect(text).toMatch(/^```mermaid$/m);
    expect(text).toMatch(/^## Open$/m);
    expect(read('README.md')).toContain(`(${page})`);
    expect(read('docs/architecture.md')).toContain(`(${page.replace('docs/', '')})`);
  });
});

describe('The page on distribution', () => {
  it('has every service in its family', () => {
    const families = SERVICES.map(({ name, family }) => [name, family] as const);
    expect(missingPairs(read('docs/distribution.md'), families)).toEqual([]);
  });
});

describe('The page on interfaces and state', () => {
  it('has the recovery of every interface and the sharing of every piece of state', () => {
    const recoveries = INTERFACES.map(({ name, recovery }) => [name, recovery] as const);
    const sharings = DATA.map(({ name, sharing }) => [name, sharing] as const);
    expect(missingPairs(read('docs/interfaces-and-state.md'), [...recoveries, ...sharings])).toEqual([]);
  });
});

describe('The check of the section pages', () => {
  it('finds a game day, a path, a setting, a value, a rule and a service that do not exist', () => {
    const madeUp = ['region-lost', 'lib/nowhere.ts', 'tandem:region', 'tandem:routing=random', 'allIsWell', 'intakes'];
    const known = [
      'region-loss',
      'lib/stacks',
      'tandem:zoneName',
      'tandem:routing=latency',
      'nestedTimeouts',
      'intake',
    ];

    expect(unknownTerms([...madeUp, ...known].map((term) => `\`${term}\``).join(', '))).toEqual(madeUp);
  });

  it('leaves the text of a fence alone, and nothing after it', () => {
    expect(unknownTerms('```mermaid\nA["`x`"]\n```\n\n`y`')).toEqual(['y']);
  });

  it.each([
    ['a choice without a price', '| a | b | | `lib/stacks` | `region-loss` |'],
    ['a choice without code', '| a | b | c | somewhere | `region-loss` |'],
    ['a choice that nothing shows', '| a | b | c | `lib/stacks` | `lib/stacks` |'],
  ])('finds %s', (_, row) => {
    const head = '| Question | Choice | Given up | Code | Shown by |\n| - | - | - | - | - |\n';
    expect(unprovenChoices(`${head}| ok | b | c | \`lib/stacks\` | \`region-loss\` |\n${row}`)).toEqual(['a']);
  });

  it('finds a service that stands in another family', () => {
    expect(missingPairs('| `intake` | `logic` |', [['intake', 'front-end']])).toEqual(['intake: front-end']);
    expect(missingPairs('| `intake` | `front-end` |', [['intake', 'front-end']])).toEqual([]);
  });
});
