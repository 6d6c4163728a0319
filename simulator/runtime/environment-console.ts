import { format } from 'node:util';

/** Receives each line that code under simulation writes. */
export type LineSink = (line: string) => void;

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

/** A `console` whose every line goes to the sink, as Lambda sends it to the log group. */
export function createConsole(sink: LineSink): Record<string, unknown> {
  const console: Record<string, unknown> = {};
  for (const method of METHODS) {
    console[method] = (...args: unknown[]) =>
      sink(args.length === 1 && typeof args[0] === 'string' ? args[0] : format(...args));
  }
  return console;
}

/** A writable stand-in for `process.stdout` and `process.stderr`: what is written is cut into lines. */
export function createOutputStream(sink: LineSink): { write: (chunk: unknown) => boolean } {
  return {
    write(chunk: unknown): boolean {
      for (const line of String(chunk).replace(/\n$/, '').split('\n')) sink(line);
      return true;
    },
  };
}

/** The class `Console` of `node:console`, writing to the streams it is given. */
export class EnvironmentConsole {
  [method: string]: unknown;

  constructor(options: { stdout: { write: (chunk: unknown) => boolean } }) {
    Object.assign(
      this,
      createConsole((line) => void options.stdout.write(`${line}\n`)),
    );
  }
}
