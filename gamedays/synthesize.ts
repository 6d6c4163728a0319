import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { GameDayUsageError } from './errors';

export interface SynthesisOptions {
  /** The folder of the CDK app, which holds its cdk.json. */
  readonly appDirectory: string;
  /** Where the cloud assembly goes. What stood there is replaced. */
  readonly outputDirectory: string;
  /** Context values that win over those of cdk.json, as `cdk synth -c` gives them. */
  readonly context: Readonly<Record<string, string>>;
}

interface CdkJson {
  readonly app: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * Runs the app exactly as the CDK command line would: the command and the context of cdk.json. Only the validation of
 * templates is left out, since it takes longer than the flight; `npm test` has it on.
 *
 * @throws GameDayUsageError with the app's own one-line message when it refuses its configuration
 */
export async function synthesize(options: SynthesisOptions): Promise<void> {
  const { app, context } = JSON.parse(readFileSync(join(options.appDirectory, 'cdk.json'), 'utf8')) as CdkJson;
  rmSync(options.outputDirectory, { recursive: true, force: true });
  const { status, errorText } = await run(app, options.appDirectory, {
    CDK_OUTDIR: options.outputDirectory,
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...options.context }),
    CDK_VALIDATION: 'false',
  });
  if (status === 2) throw new GameDayUsageError(errorText.trim());
  if (status !== 0) throw new Error(`The CDK app failed with exit code ${status}:\n${errorText}`);
}

function run(
  command: string,
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ status: number | null; errorText: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      cwd: directory,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errorText = '';
    child.stderr.on('data', (chunk: Buffer) => (errorText += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, errorText }));
  });
}
