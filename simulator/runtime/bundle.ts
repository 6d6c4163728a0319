import { compileFunction } from 'node:vm';
import { SimulatorDefect } from '../kernel/errors';

/** The names a bundle reads from its surroundings. Each environment passes its own values. */
export const BUNDLE_PARAMETERS = [
  'exports',
  'require',
  'module',
  '__filename',
  '__dirname',
  'globalThis',
  'global',
  'process',
  'console',
  'Date',
  'Math',
  'crypto',
  'performance',
  'AbortSignal',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
] as const;

export type BundleArguments = Readonly<Record<(typeof BUNDLE_PARAMETERS)[number], unknown>>;

/**
 * The code of one deployment package, compiled once. Each evaluation has closures of its own, which is what makes the
 * module state of an execution environment its own.
 */
export class Bundle {
  private readonly evaluateOnce: (...values: unknown[]) => void;

  /** @param code the text of the package's entry file, exactly as it would be uploaded */
  constructor(readonly code: string) {
    this.evaluateOnce = compileFunction(code, [...BUNDLE_PARAMETERS], { filename: '/var/task/index.js' }) as (
      ...values: unknown[]
    ) => void;
  }

  /** Runs the module's top level and returns what it exports. */
  evaluate(values: BundleArguments): Record<string, unknown> {
    this.evaluateOnce(...BUNDLE_PARAMETERS.map((name) => values[name]));
    const module = values.module as { exports: Record<string, unknown> };
    if (typeof module.exports !== 'object') throw new SimulatorDefect('The bundle exports no object.');
    return module.exports;
  }
}
