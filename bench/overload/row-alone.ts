import { prepareFlight } from '../../gamedays';
import { flyOverloadRow } from './fly-overload-row';
import type { OverloadRow } from './overload-row';

/** One row in this process and nothing else: its figures as one line of JSON. `run-overload.ts` bundles and starts it. */
async function main(row: OverloadRow, assemblyDirectory: string, appDirectory: string): Promise<void> {
  const { assembly, configuration } = await prepareFlight(appDirectory, {}, assemblyDirectory);
  process.stdout.write(JSON.stringify(await flyOverloadRow(assembly, configuration, row)));
}

const [row, assemblyDirectory, appDirectory] = process.argv.slice(2);
void main(JSON.parse(row!) as OverloadRow, assemblyDirectory!, appDirectory!);
