import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { START, synthesize } from '../gamedays';
import { median } from './elapsed';
import type { Figure } from './figure';
import type { MeasurementName } from './measurements';
import { BARE_SDK_CALL_HOT } from './measurements/bare-sdk-call';
import { ORDER_HOT } from './measurements/order';
import { SDK_CALL_HOT } from './measurements/sdk-call';

const APP_DIRECTORY = resolve(__dirname, '..');

export interface BenchOptions {
  readonly names: readonly MeasurementName[];
  /** How often each measurement is made, each time in a new process; the figures are the medians. */
  readonly rounds: number;
  readonly onProgress?: (text: string) => void;
}

/** The document for machines. */
export interface BenchResult {
  readonly schemaVersion: 1;
  readonly node: string;
  readonly nodeOptions: readonly string[];
  readonly processor: string;
  readonly cores: number;
  /** Of the last minute, before the first measurement: above the number of cores the machine was busy with other work. */
  readonly loadAverage: number;
  readonly rounds: number;
  readonly figures: readonly Figure[];
}

/** Synthesizes the app afresh and makes every measurement of the list, round by round. */
export async function runBench({ names, rounds, onProgress }: BenchOptions): Promise<BenchResult> {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  const loadAverage = loadavg()[0]!;
  try {
    const assembly = join(directory, 'cdk.out');
    onProgress?.('synth');
    await synthesize({ appDirectory: APP_DIRECTORY, outputDirectory: assembly, context: {} });
    const measured = new Map<MeasurementName, Figure[][]>(names.map((name) => [name, []]));
    for (let round = 1; round <= rounds; round++) {
      for (const name of names) {
        onProgress?.(`${name}, round ${round} of ${rounds}`);
        measured.get(name)!.push(await measureAlone(name, assembly));
      }
    }
    const figures = [...measured.values()].flatMap(medianFigures);
    return {
      schemaVersion: 1,
      node: process.version,
      nodeOptions: process.execArgv,
      processor: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      loadAverage,
      rounds,
      figures: [...figures, ...againstYardstick(figures)],
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The figures whose bar is missed. Times are judged by processor time, which other people's work does not lengthen. */
export function missedBars(figures: readonly Figure[]): readonly Figure[] {
  return figures.filter((figure) => hasBar(figure) && !meetsBar(figure));
}

export const hasBar = ({ barMax, barMin }: Figure): boolean => barMax !== undefined || barMin !== undefined;

export function meetsBar(figure: Figure): boolean {
  const { barMax = Infinity, barMin = -Infinity } = figure;
  return judgedValue(figure) <= barMax && judgedValue(figure) >= barMin;
}

export function judgedValue({ cpu, value }: Figure): number {
  return cpu ?? value;
}

/** The figures of one measurement, each the median of all rounds. */
export function medianFigures(rounds: readonly (readonly Figure[])[]): Figure[] {
  return (rounds[0] ?? []).map((figure, index) => {
    const same = rounds.map((round) => round[index]!);
    const value = median(same.map((one) => one.value));
    return figure.cpu === undefined
      ? { ...figure, value }
      : { ...figure, value, cpu: median(same.map((one) => one.cpu!)) };
  });
}

// In calls of the bare SDK, so that figures of two machines can be compared and a slow machine is told from slow code.
function againstYardstick(figures: readonly Figure[]): Figure[] {
  const bare = figures.find((figure) => figure.title === BARE_SDK_CALL_HOT);
  return [SDK_CALL_HOT, ORDER_HOT].flatMap((title) => {
    const figure = figures.find((candidate) => candidate.title === title);
    if (figure?.cpu === undefined || bare?.cpu === undefined) return [];
    const times = { value: figure.value / bare.value, cpu: figure.cpu / bare.cpu };
    return [{ title: `${title}, in calls of the SDK without the simulator`, unit: 'times' as const, ...times }];
  });
}

function measureAlone(name: MeasurementName, assembly: string): Promise<Figure[]> {
  return new Promise((done, reject) => {
    const script = join(__dirname, 'measure-alone.ts');
    const child = spawn(process.execPath, [...process.execArgv, START, script, name, assembly], {
      cwd: APP_DIRECTORY,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errorText = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (errorText += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) done(JSON.parse(output) as Figure[]);
      else reject(new Error(`The measurement ${name} failed with exit code ${code}:\n${errorText.slice(-2_000)}`));
    });
  });
}
