import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { synthesize } from '../../gamedays';
import { timed } from '../elapsed';
import type { Figure } from '../figure';

/** A synth as a game day makes it, in a process of its own and without the validation of templates. */
export async function synthesis(): Promise<readonly Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  try {
    const { wallMs } = await timed(() =>
      synthesize({
        appDirectory: resolve(__dirname, '../..'),
        outputDirectory: join(directory, 'cdk.out'),
        context: {},
      }),
    );
    return [{ title: 'A synth, both regions', unit: 's', value: wallMs / 1000 }];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
