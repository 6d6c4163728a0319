import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ONE_PROCESS_A_CORE, START } from '../../gamedays';
import type { Hunt } from './find-defect';
import { APP_DIRECTORY, synthesizeToFolder } from './flight';
import { SEEDED_DEFECTS } from './seeded-defects';

/** Plants each defect, flies until its check turns red, and prints how many runs that took. One process a core. */
async function main(names: readonly string[]): Promise<void> {
  const folder = await synthesizeToFolder();
  const waiting = names.length > 0 ? [...names] : SEEDED_DEFECTS.map(({ name }) => name);
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
      report(await find(name, folder.directory));
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, work));
  } finally {
    folder.remove();
  }
}

async function find(name: string, assembly: string): Promise<Hunt> {
  const args = [...ONE_PROCESS_A_CORE, START, join(__dirname, 'find-defect.ts'), name, assembly];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: APP_DIRECTORY });
  return JSON.parse(stdout) as Hunt;
}

function report({ name, check, by, runs }: Hunt): void {
  if (runs === undefined) process.exitCode = 1;
  const found = runs === undefined ? 'SURVIVED' : `found in run ${String(runs).padStart(3)}`;
  console.log(`${found}  ${name}: ${check}, by ${by}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
