import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { ONE_PROCESS_A_CORE, synthesize } from '../../gamedays';
import { readAssembly } from '../../simulator';
import type { OverloadFigures } from './overload-figures';
import { OVERLOAD_PLANS, type OverloadPlanName } from './overload-plan';
import { rowName, type OverloadRow } from './overload-row';

const APP_DIRECTORY = resolve(__dirname, '../..');
const KEPT_IN = join(APP_DIRECTORY, 'out', 'overload');

export interface OverloadRun {
  readonly plan: OverloadPlanName;
  /** Processes at a time. */
  readonly jobs: number;
  /** Only rows whose name contains this text. @default - all of the plan */
  readonly only?: string;
  /** Whether rows that were flown before are flown again. @default false */
  readonly isFresh?: boolean;
  readonly onProgress?: (text: string) => void;
}

/**
 * Flies every row of the plan, each in a process of its own, and keeps each result in `out/overload/` under a digest of the
 * app as synthesized and of the code that flies it: the same is not flown twice, so an interrupted run goes on where it was.
 */
export async function runOverload({
  plan,
  jobs,
  only = '',
  isFresh = false,
  onProgress,
}: OverloadRun): Promise<OverloadFigures[]> {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-overload-'));
  try {
    const assembly = join(directory, 'cdk.out');
    onProgress?.('synth');
    const script = join(directory, 'row-alone.js');
    await synthesize({ appDirectory: APP_DIRECTORY, outputDirectory: assembly, context: {} });
    await bundleRow(script);
    const kept = join(KEPT_IN, digestOf(assembly, script));
    mkdirSync(kept, { recursive: true });
    const rows = OVERLOAD_PLANS[plan].filter((row) => rowName(row).includes(only));
    const results = new Map<OverloadRow, OverloadFigures>();
    const isKept = (row: OverloadRow): boolean => !isFresh && existsSync(join(kept, `${rowName(row)}.json`));
    const timeLeft = createTimeLeft(rows.filter((row) => !isKept(row)));
    // The longest first, so that no core is idle at the end.
    const waiting = rows.toSorted((left, right) => right.load - left.load);
    const worker = async (): Promise<void> => {
      for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
        onProgress?.(`${rowName(row)}, ${results.size} of ${rows.length} done${timeLeft.text()}`);
        const file = join(kept, `${rowName(row)}.json`);
        if (isFresh) rmSync(file, { force: true });
        results.set(row, await oneRow(row, [script, JSON.stringify(row), assembly, APP_DIRECTORY], file));
        timeLeft.done(row);
      }
    };
    await Promise.all(Array.from({ length: jobs }, worker));
    return rows.map((row) => results.get(row)!);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What a row takes beside others: some of its time is the same for all, the rest is what its callers ask for. */
const effortOf = ({ load }: OverloadRow): number => 10 + load;

/** How long the rest will take, by what was flown of these rows so far. */
function createTimeLeft(rows: readonly OverloadRow[]): { done: (row: OverloadRow) => void; text: () => string } {
  const waiting = new Set(rows);
  const startedMs = Date.now();
  let spent = 0;
  return {
    done: (row) => void (spent += waiting.delete(row) ? effortOf(row) : 0),
    text: () => {
      if (spent === 0) return '';
      const left = [...waiting].reduce((sum, row) => sum + effortOf(row), 0);
      return `, about ${Math.ceil(((Date.now() - startedMs) / 60_000) * (left / spent))} min left`;
    },
  };
}

/** Of what is deployed, templates and packages, and of what flies and judges it: whatever changes is flown again. */
function digestOf(directory: string, script: string): string {
  const { stacks, bundles } = readAssembly(directory);
  const hash = createHash('sha256').update(readFileSync(script)).update(JSON.stringify(stacks));
  for (const [key, text] of bundles) hash.update(key).update(text);
  return hash.digest('hex').slice(0, 16);
}

/**
 * What a row's process runs, in one file: a hundred processes would each read and translate four hundred of them, and a kept row is
 * known by the text that has flown it.
 */
async function bundleRow(outfile: string): Promise<void> {
  await build({
    absWorkingDir: APP_DIRECTORY,
    entryPoints: [join(__dirname, 'row-alone.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
}

/** @param command what Node.js runs, with its arguments */
async function oneRow(row: OverloadRow, command: readonly string[], file: string): Promise<OverloadFigures> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as OverloadFigures;
  const text = await flyAlone(row, command);
  // Under its name it is whole, whenever the run is interrupted: the next one would believe it.
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
  return JSON.parse(text) as OverloadFigures;
}

function flyAlone(row: OverloadRow, command: readonly string[]): Promise<string> {
  return new Promise((done, reject) => {
    const memory = process.execArgv.filter((option) => option.includes('-semi-space-size'));
    const child = spawn(process.execPath, [...memory, ...ONE_PROCESS_A_CORE, ...command], {
      cwd: APP_DIRECTORY,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errorText = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (errorText += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) done(output);
      else reject(new Error(`The row ${rowName(row)} failed with exit code ${code}:\n${errorText.slice(-2_000)}`));
    });
  });
}
