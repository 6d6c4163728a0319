import { Cloud } from '../../simulator';
import { medianElapsed, timedBatches } from '../elapsed';
import { milliseconds, type BenchInputs, type Figure } from '../figure';

/** A larger package starts slower on AWS, and here. */
const KB_MAX = 450;
const WARM_UP = 5;
const BATCHES = 15;

/** Each shipped package: its size, and how long a new environment takes to evaluate it. */
export async function bundles({ assembly, configuration }: BenchInputs): Promise<readonly Figure[]> {
  const shipped = new Set(assembly.bundles.values());
  const { lambda } = new Cloud({ assembly, seed: 1 });
  const figures: Figure[] = [];
  for (const code of shipped) {
    const found = lambda.list().find(({ definition }) => definition.bundle.code === code);
    if (found === undefined) throw new Error('A deployment package of the assembly belongs to no function.');
    const name = found.definition.functionName.replace(`tandem-${configuration.stage}-`, '');
    const evaluate = (): void => found.createEnvironment().discard();
    await timedBatches(WARM_UP, evaluate);
    const elapsed = medianElapsed(await timedBatches(BATCHES, evaluate));
    figures.push(
      { title: `Bundle of ${name}`, unit: 'KB', value: Buffer.byteLength(code) / 1e3, barMax: KB_MAX },
      milliseconds(`Bundle of ${name}, evaluation`, elapsed),
    );
  }
  return figures;
}
