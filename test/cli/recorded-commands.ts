import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const RUNBOOKS = resolve(__dirname, '../../runbooks');

/** What the pages take from the reader's shell. A block that uses another variable fails. */
export const READERS_VARIABLES = {
  REGION: 'us-east-1',
  PEER_REGION: 'us-west-2',
  WITNESS_REGION: 'us-east-2',
  ACCOUNT: '123456789012',
  PRIMARY_HEALTH_HOST: 'primary-health.example.com',
  STANDBY_HEALTH_HOST: 'standby-health.example.com',
  HEALTH_HOST: 'health.example.com',
  HEALTH_PATH: 'replace-me-5d0c8e47b1',
  ZONE: 'tandem-sandbox-123456789012.test',
  NAME_SERVER: 'ns-1.example.com',
};

/** Programs that the pages call and that a test must not. Each writes down how it was called. */
const RECORDED = ['aws', 'npm', 'npx', 'curl', 'dig'];

/** One call of a program: its name and its arguments, as the shell passes them. */
export type RecordedCommand = readonly [program: string, ...args: string[]];

export interface RunbookCommand {
  readonly file: string;
  /** For the title of a test. */
  readonly line: string;
  readonly command: RecordedCommand;
}

/**
 * Runs a block of a page in a real shell, in which every program but the shell's own is a stub that records its arguments:
 * quoting, continued lines and nested calls are the shell's business, as they are for the person who pastes the block.
 *
 * @throws Error when the shell refuses the block, or it calls a program or takes a variable that is not known
 */
export function recordBlock(block: string): RecordedCommand[] {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-runbook-'));
  try {
    const log = join(folder, 'log');
    writeFileSync(log, '');
    for (const program of RECORDED) {
      const stub = join(folder, program);
      // A call within a call must print something, as the address of a queue would be.
      writeFileSync(
        stub,
        `#!/bin/sh\nprintf '%s\\0' ${program} "$@" >> '${log}'\nprintf '\\036' >> '${log}'\necho answer-of-${program}\n`,
      );
      chmodSync(stub, 0o755);
    }
    for (const program of ['date', 'seq'])
      writeFileSync(join(folder, program), `#!/bin/sh\nexec /usr/bin/${program} "$@"\n`, { mode: 0o755 });
    const { status, stderr } = spawnSync('/bin/bash', ['-eu', '-c', block], {
      encoding: 'utf8',
      env: { PATH: folder, ...READERS_VARIABLES },
    });
    if (status !== 0) throw new Error(`The shell ends with ${status}: ${stderr.trim()}`);
    return readFileSync(log, 'utf8')
      .split('\u001e')
      .filter((call) => call !== '')
      .map((call) => call.split('\0').slice(0, -1) as unknown as RecordedCommand);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The shell blocks of a page, and the commands that stand within its sentences. */
export function blocksOf(text: string): string[] {
  const fences = [...text.matchAll(/^\s*```sh\n([\s\S]*?)^\s*```/gm)].map(([, block]) => block!);
  const sentences = text.replace(/^\s*```[\s\S]*?^\s*```/gm, '');
  const spans = [...sentences.matchAll(new RegExp(`\`((?:${RECORDED.join('|')}) [^\`]+)\``, 'g'))];
  return [...fences, ...spans.map(([, span]) => span!.replace(/\s+/g, ' '))];
}

/** Every command of every page. */
export function runbookCommands(): RunbookCommand[] {
  return readdirSync(RUNBOOKS)
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      blocksOf(readFileSync(join(RUNBOOKS, file), 'utf8')).flatMap((block) =>
        recordBlock(block).map((command) => ({ file, line: command.join(' ').slice(0, 110), command })),
      ),
    );
}
