import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { synthesize } from '../../gamedays/synthesize';
import { readCloudAssembly, type CloudAssembly } from '../../operations';
import { collectContext, parseAssemblyFolder } from './option-parsers';

/** The folder of the CDK app. */
export const APP_DIRECTORY = resolve(__dirname, '../..');

export interface SynthesizedOptions {
  readonly context: Readonly<Record<string, string>>;
  readonly assembly?: string;
}

/** For commands about what would be deployed now: which settings. */
export const withContext = (command: Command): Command =>
  command.option('-c, --context <key=value>', 'a setting, as cdk takes it; may be repeated', collectContext, {});

/** For commands that read templates: which settings, or which folder. */
export const withSynthesized = (command: Command): Command =>
  withContext(command).option(
    '--assembly <folder>',
    'read a finished cloud assembly instead of synthesizing',
    parseAssemblyFolder,
  );

/** The templates, synthesized now or read from the folder. */
export async function loadSynthesized(options: SynthesizedOptions): Promise<CloudAssembly> {
  const outputDirectory = options.assembly ?? mkdtempSync(join(tmpdir(), 'tandem-'));
  try {
    if (options.assembly === undefined) {
      await synthesize({ appDirectory: APP_DIRECTORY, outputDirectory, context: options.context });
    }
    return readCloudAssembly(outputDirectory);
  } finally {
    if (options.assembly === undefined) rmSync(outputDirectory, { recursive: true, force: true });
  }
}
