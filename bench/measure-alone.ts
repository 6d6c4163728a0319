import { resolve } from 'node:path';
import { prepareFlight } from '../gamedays';
import { MEASUREMENTS, type MeasurementName } from './measurements';

/** One measurement in this process and nothing else: its figures as one line of JSON. `run-bench.ts` starts it. */
async function main(name: MeasurementName, assemblyDirectory: string): Promise<void> {
  const inputs = await prepareFlight(resolve(__dirname, '..'), {}, assemblyDirectory);
  const measure = await MEASUREMENTS[name]();
  const figures = await measure({ ...inputs, assemblyDirectory });
  process.stdout.write(JSON.stringify(figures));
}

void main(process.argv[2] as MeasurementName, process.argv[3]!);
