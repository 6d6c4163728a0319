import { resolve } from 'node:path';
import { prepareFlight } from '../../gamedays';
import { flyOverloadRow } from './fly-overload-row';
import type { OverloadRow } from './overload-row';

/** One row in this process and nothing else: its figures as one line of JSON. `run-overload.ts` starts it. */
async function main(row: OverloadRow, assemblyDirectory: string): Promise<void> {
  const { assembly, configuration } = await prepareFlight(resolve(__dirname, '../..'), {}, assemblyDirectory);
  process.stdout.write(JSON.stringify(await flyOverloadRow(assembly, configuration, row)));
}

void main(JSON.parse(process.argv[2]!) as OverloadRow, process.argv[3]!);
