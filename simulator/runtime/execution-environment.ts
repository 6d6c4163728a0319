import type { Kernel } from '../kernel/kernel';
import type { Network } from '../network/network';
import type { Bundle } from './bundle';
import { createConsole, createOutputStream } from './environment-console';
import {
  createAbortSignal,
  createDate,
  createMath,
  createPerformance,
  createProcess,
  refuse,
} from './environment-globals';
import { EnvironmentTimers } from './environment-timers';
import { createHttps } from './node-https';
import { createModuleRequire, cryptoGlobal } from './node-modules';

export interface ExecutionEnvironmentOptions {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly region: string;
  /** The clock of the host, in milliseconds since 1970. @default - the kernel's, which is right */
  readonly epochMs?: () => number;
  readonly bundle: Bundle;
  /** The export to call: `handler` of `index.handler`. */
  readonly handlerName: string;
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly functionName: string;
  /** Unique and reproducible: it names the environment's random stream. */
  readonly name: string;
  readonly onLogLine: (line: string) => void;
}

/** What a handler does with an event. */
export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/**
 * One Lambda execution environment: the deployed bundle with a module state, timers, connections and a stream of chance
 * of its own. It is created by a cold start, frozen between invocations and thawed by the next.
 */
export class ExecutionEnvironment {
  private readonly kernel: Kernel;
  private readonly timers: EnvironmentTimers;
  private readonly handler: Handler;
  private readonly deferred: (() => void)[] = [];
  private state: 'running' | 'frozen' | 'dead' = 'running';

  /** Evaluates the bundle's top level, as the init phase does. @throws what the module itself throws */
  constructor(options: ExecutionEnvironmentOptions) {
    this.kernel = options.kernel;
    this.kernel.entersAsyncCode();
    this.timers = new EnvironmentTimers(options.kernel);
    const exports = options.bundle.evaluate(this.createArguments(options));
    const handler = exports[options.handlerName];
    if (typeof handler !== 'function') throw new TypeError(`Runtime.HandlerNotFound: ${options.handlerName}`);
    this.handler = handler as Handler;
  }

  /** Runs the handler; `settle` is called once, unless the environment is discarded before. */
  invoke(event: unknown, context: unknown, settle: (result: unknown, error: unknown) => void): void {
    this.kernel.entersAsyncCode();
    this.thaw();
    const whenAlive = (result: unknown, error: unknown): void => {
      if (this.state !== 'dead') settle(result, error);
    };
    let promise: Promise<unknown>;
    try {
      promise = Promise.resolve(this.handler(event, context));
    } catch (error) {
      whenAlive(undefined, error ?? new Error('The handler threw nothing.'));
      return;
    }
    promise.then(
      (result) => whenAlive(result, undefined),
      (error: unknown) => whenAlive(undefined, error ?? new Error('The handler rejected with nothing.')),
    );
  }

  /** Nothing in the environment moves until the next invocation. */
  freeze(): void {
    if (this.state !== 'running') return;
    this.state = 'frozen';
    this.timers.freeze();
  }

  /** The environment is gone; what was under way in it is never heard of again. */
  discard(): void {
    this.state = 'dead';
    this.timers.discard();
    this.deferred.length = 0;
  }

  private thaw(): void {
    if (this.state !== 'frozen') return;
    this.state = 'running';
    this.timers.thaw();
    for (const action of this.deferred.splice(0)) action();
  }

  private deliver(action: () => void): void {
    if (this.state === 'running') {
      this.kernel.entersAsyncCode();
      action();
    } else if (this.state === 'frozen') this.deferred.push(action);
  }

  private createArguments(options: ExecutionEnvironmentOptions): Parameters<Bundle['evaluate']>[0] {
    const { kernel, network, onLogLine } = options;
    const random = kernel.random(`environment/${options.name}`);
    const timers = this.timers;
    const stdout = createOutputStream(onLogLine);
    const process = createProcess(kernel, { ...options.environmentVariables }, stdout);
    const timerFunctions = {
      setTimeout: timers.setTimeout,
      setInterval: timers.setInterval,
      setImmediate: timers.setImmediate,
      clearTimeout: timers.clear,
      clearInterval: timers.clear,
      clearImmediate: timers.clear,
    };
    const https = createHttps({
      kernel,
      network,
      timers,
      place: options.region,
      sender: options.functionName,
      deliver: (action) => this.deliver(action),
    });
    const module = { exports: {} };
    const globals: Record<string, unknown> = {
      ...timerFunctions,
      process,
      console: createConsole(onLogLine),
      Date: createDate(options.epochMs ?? (() => kernel.epochMs)),
      Math: createMath(random),
      crypto: cryptoGlobal(kernel, random),
      performance: createPerformance(kernel),
      AbortSignal: createAbortSignal(timers),
      fetch: refuse(kernel, 'fetch'),
    };
    return {
      ...globals,
      exports: module.exports,
      module,
      require: createModuleRequire({ kernel, process, random, https, timers: timerFunctions }),
      __filename: '/var/task/index.js',
      __dirname: '/var/task',
      globalThis: globals,
      global: globals,
    } as Parameters<Bundle['evaluate']>[0];
  }
}
