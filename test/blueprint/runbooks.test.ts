import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { ALARMS, COMPOSITE_ALARMS } from '../../blueprint/alarms';
import { DATA } from '../../blueprint/data';
import { datumResourceName, functionName } from '../../blueprint/names';
import { SERVICES } from '../../blueprint/services';

const RUNBOOKS = path.join(__dirname, '..', '..', 'runbooks');
const HEADINGS = ['What it means', 'Who is hurt', 'Look here', 'Do this', 'Verify', 'Roll back', 'After'];

interface Runbook {
  readonly file: string;
  readonly frontMatter: Readonly<Record<string, string>>;
  readonly text: string;
}

function readRunbook(file: string): Runbook {
  const text = readFileSync(path.join(RUNBOOKS, file), 'utf8');
  const [, front = ''] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? [];
  const frontMatter = Object.fromEntries(front.split('\n').map((line) => line.split(': ') as [string, string]));
  return { file, frontMatter, text };
}

const runbooks = readdirSync(RUNBOOKS)
  .filter((file) => file.endsWith('.md'))
  .map(readRunbook);

describe('The runbooks', () => {
  test('are one page an alarm, which agrees with the alarm, and no page of an alarm that is gone', () => {
    const pages = runbooks
      .filter(({ frontMatter }) => frontMatter['alarm'] !== undefined)
      .flatMap(({ file, frontMatter: { alarm, severity, gameDay } }) =>
        alarm!.split(', ').map((id) => ({ runbook: `runbooks/${file}`, alarm: id, severity, gameDay })),
      );
    const alarms = [...ALARMS, ...COMPOSITE_ALARMS].map(({ id, severity, gameDay, runbook }) => ({
      runbook,
      alarm: id,
      severity,
      gameDay,
    }));
    const byAlarm = (a: { alarm: string }, b: { alarm: string }): number => a.alarm.localeCompare(b.alarm);

    expect(pages.sort(byAlarm)).toEqual(alarms.sort(byAlarm));
  });

  test('are otherwise one page an operation', () => {
    const operations = runbooks.filter(({ frontMatter }) => frontMatter['alarm'] === undefined);
    expect(operations.map(({ file, frontMatter }) => [file, frontMatter['operation']])).toEqual([
      ['customer-plans.md', 'customer-plans'],
      ['deploy.md', 'deploy'],
      ['evacuate.md', 'evacuate'],
      ['fail-back.md', 'fail-back'],
      ['responder.md', 'responder'],
      ['shed-load.md', 'shed-load'],
    ]);
  });

  test.each(runbooks)('$file has the sections of every page, in their order, and none is empty', ({ text }) => {
    const sections = text.split(/^## /m).slice(1);
    expect(sections.map((section) => section.split('\n')[0])).toEqual(HEADINGS);
    for (const section of sections) expect(section.split('\n').slice(1).join('').trim()).not.toBe('');
  });

  test.each(runbooks)('$file names only resources that exist', ({ text }) => {
    const known = new Set([
      ...SERVICES.map(({ name }) => functionName('sandbox', name)),
      ...DATA.map(({ name }) => datumResourceName('sandbox', name)),
    ]);
    const named = text.match(/tandem-sandbox-[a-z-]+/g) ?? [];
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  test.each(runbooks)('$file links only to pages that exist', ({ text }) => {
    const links = [...text.matchAll(/\]\(([^)]+\.md)\)/g)].map((match) => match[1]);
    expect(links.filter((link) => !runbooks.some(({ file }) => file === link))).toEqual([]);
  });
});
