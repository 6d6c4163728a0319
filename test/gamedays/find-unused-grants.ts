import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GameDayResult } from '../../gamedays';
import { readResult } from '../../report';
import { JUSTIFIED_GRANTS } from './justified-grants';
import { reportGrants } from './unused-grants';

/** Prints for each function what it may do and has not done on any day whose result is in the folders, and what was denied. */
function main(folders: readonly string[]): void {
  const results = folders.flatMap(resultsIn);
  if (results.length === 0) {
    console.error(
      'There is no result in these folders. Write some: npm run -s tandem -- gameday sweep --seeds 1..1 --results FOLDER.',
    );
    process.exitCode = 2;
    return;
  }
  const { used, unused, justified, idle, resting, denied, missing } = reportGrants(results, JUSTIFIED_GRANTS);
  const days = new Set(results.map(({ gameDay }) => gameDay.name));
  console.log(`${used} grants are used over ${results.length} flights of ${days.size} game days.`);
  print('granted but never used', unused);
  print('used but not granted', denied);
  print('functions that nothing has made work', resting);
  print('in the list of reasons and idle', idle);
  console.log(`${justified.length} more are never used, with a reason in test/gamedays/justified-grants.ts.`);
  if (missing.length > 0) console.log(`Not among them: ${missing.join(', ')}.`);
  if (unused.length + denied.length + resting.length + idle.length > 0) process.exitCode = 1;
}

const resultsIn = (folder: string): GameDayResult[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => readResult(join(folder, file)));

function print(title: string, lines: readonly string[]): void {
  console.log(`${lines.length} ${title}`);
  for (const line of lines) console.log(`  ${line}`);
}

main(process.argv.slice(2));
