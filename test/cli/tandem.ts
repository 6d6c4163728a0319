import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

export const TEST_TIMEOUT_MS = 60_000;

export interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errorLines: readonly string[];
}

/** Calls of AWS are refused at once: nothing listens there. */
const NOBODY = 'http://127.0.0.1:9';

/** Calls the command line as a person does, from the project's folder, with nobody at the terminal and no AWS in reach. */
export function tandem(...args: readonly string[]): Promise<Outcome> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, ['bin/start.mjs', 'bin/tandem.ts', ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_ENDPOINT_URL: NOBODY,
      },
    });
    let output = '';
    let errorText = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (errorText += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (exitCode) => done({ exitCode, output, errorLines: errorText.trimEnd().split('\n') }));
  });
}
