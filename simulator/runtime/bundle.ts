import { compileFunction, createContext } from 'node:vm';
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

/** What Node.js adds to the language and a bundle reads without being handed it. All of it is free of time and chance. */
const HOST_GLOBALS = {
  AbortController,
  Blob,
  Buffer,
  DOMException,
  Event,
  EventTarget,
  FormData,
  Headers,
  ReadableStream,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  WritableStream,
  TransformStream,
  atob,
  btoa,
  queueMicrotask,
  structuredClone,
  // A Buffer is the host's Uint8Array, and libraries ask with instanceof.
  ArrayBuffer,
  Uint8Array,
};

type Evaluate = (...values: unknown[]) => void;

/**
 * The code of one deployment package, compiled once. Each evaluation has closures of its own, which is what makes the
 * module state of an execution environment its own. They share what V8 learns about the code: each learning by itself took a
 * seventh to a half more time, and groups of four gained nothing. The language's built-in objects are shared as well, unless
 * each evaluation is given a realm of its own: far slower, and the way to prove that none changes what it shares.
 */
export class Bundle {
  private readonly evaluateShared: Evaluate;

  /**
   * @param code the text of the package's entry file, exactly as it would be uploaded
   * @param hasOwnRealms whether each evaluation has `Object`, `Promise` and all the others to itself
   */
  constructor(
    readonly code: string,
    private readonly hasOwnRealms = false,
  ) {
    this.evaluateShared = this.compile();
  }

  /** Runs the module's top level and returns what it exports. */
  evaluate(values: BundleArguments): Record<string, unknown> {
    const evaluate = this.hasOwnRealms ? this.compile(createContext({ ...HOST_GLOBALS })) : this.evaluateShared;
    evaluate(...BUNDLE_PARAMETERS.map((name) => values[name]));
    const module = values.module as { exports: Record<string, unknown> };
    if (typeof module.exports !== 'object') throw new SimulatorDefect('The bundle exports no object.');
    return module.exports;
  }

  private compile(parsingContext?: object): Evaluate {
    return compileFunction(this.code, [...BUNDLE_PARAMETERS], {
      filename: '/var/task/index.js',
      ...(parsingContext === undefined ? {} : { parsingContext }),
    }) as Evaluate;
  }
}
