import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cloud } from '../../simulator';
import { cleanEnvironment } from '../clean-environment';
import { median, medianElapsed, timedBatches } from '../elapsed';
import { milliseconds, type BenchInputs, type Figure } from '../figure';

/** A larger package starts slower on AWS, and here. */
const KB_MAX = 350;
const WARM_UP = 5;
const BATCHES = 15;

/** Loads a package and prints how many milliseconds it took. */
const LOAD = 'const began = performance.now(); require(process.argv[1]); console.log(performance.now() - began)';

/**
 * Each shipped package: its size, how long a new environment of the simulator takes to evaluate it, and how long a process of
 * Node.js that has compiled nothing takes to load it, as it does in a cold start.
 */
export async function bundles({ assembly, configuration }: BenchInputs): Promise<readonly Figure[]> {
  cleanEnvironment({});
  const shipped = new Set(assembly.bundles.values());
  const { lambda } = new Cloud({ assembly, seed: 1 });
  const figures: Figure[] = [];
  for (const code of shipped) {
    const found = lambda.list().find(({ definition }) => definition.bundle.code === code);
    if (found === undefined) throw new Error('A deployment package of the assembly belongs to no function.');
    const { functionName, environmentVariables } = found.definition;
    const name = functionName.replace(`tandem-${configuration.stage}-`, '');
    const evaluate = (): void => found.createEnvironment().discard();
    await timedBatches(WARM_UP, evaluate);
    const elapsed = medianElapsed(await timedBatches(BATCHES, evaluate));
    figures.push(
      { title: `Bundle of ${name}`, unit: 'KB', value: Buffer.byteLength(code) / 1e3, barMax: KB_MAX },
      milliseconds(`Bundle of ${name}, evaluation`, elapsed),
      { title: `Bundle of ${name}, in a new process`, unit: 'ms', value: medianLoadMs(code, environmentVariables) },
    );
  }
  return figures;
}

function medianLoadMs(code: string, environmentVariables: Readonly<Record<string, string>>): number {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-bundle-'));
  try {
    const file = join(directory, 'index.js');
    writeFileSync(file, code);
    const env = { ...process.env, ...environmentVariables };
    const loadMs = (): number => Number(execFileSync(process.execPath, ['-e', LOAD, file], { encoding: 'utf8', env }));
    return median(Array.from({ length: BATCHES }, loadMs));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
