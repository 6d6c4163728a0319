import { NotModelled } from '../kernel/errors';
import type { Kernel } from '../kernel/kernel';
import type { RandomStream } from '../kernel/random-stream';
import type { EnvironmentTimers } from './environment-timers';

/** A `Date` that reads the given clock. It is a real subclass, so `instanceof Date` and all methods hold. */
export function createDate(epochMs: () => number): DateConstructor {
  class VirtualDate extends Date {
    constructor(...args: unknown[]) {
      // A spread keeps the difference between no argument and an undefined one, which `Date` makes too.
      super(...((args.length === 0 ? [epochMs()] : args) as [number]));
    }

    static override now(): number {
      return epochMs();
    }

    static override [Symbol.hasInstance](value: unknown): boolean {
      return Object.prototype.toString.call(value) === '[object Date]';
    }
  }
  return VirtualDate as unknown as DateConstructor;
}

/** `Math` with a `random` of the environment's own stream. */
export function createMath(stream: RandomStream): Math {
  // Plain assignment keeps the object in the engine's fast form; defining properties would not.
  const math: Record<string, unknown> = {};
  for (const name of Object.getOwnPropertyNames(Math)) math[name] = Math[name as keyof Math];
  math.random = () => stream.next();
  return math as unknown as Math;
}

/** `performance` counted from the start of the environment. */
export function createPerformance(kernel: Kernel): Record<string, unknown> {
  const startUs = kernel.nowUs;
  return {
    now: () => (kernel.nowUs - startUs) / 1000,
    timeOrigin: kernel.startEpochMs + startUs / 1000,
  };
}

/** `AbortSignal` whose `timeout` runs on the environment's timers. */
export function createAbortSignal(timers: EnvironmentTimers): typeof AbortSignal {
  const signalClass = Object.create(AbortSignal) as typeof AbortSignal;
  Object.defineProperty(signalClass, 'timeout', {
    value: (delayMs: number) => {
      const controller = new AbortController();
      timers.setTimeout(() => {
        controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
      }, delayMs);
      return controller.signal;
    },
  });
  return signalClass;
}

// Read by the SDK or by libraries to find out where they run; absent in Lambda as they are here.
const ABSENT_PROCESS_MEMBERS = new Set(['exec', 'geteuid', 'browser', 'type', 'toJSON', 'domain', 'binding', 'report']);

/** `process` as a Lambda runtime has it. A member that is not known here is refused when it is read. */
export function createProcess(
  kernel: Kernel,
  environment: Record<string, string>,
  stdout: { write: (chunk: unknown) => boolean },
): object {
  const startUs = kernel.nowUs;
  const hrtimeBigint = (): bigint => BigInt(kernel.nowUs - startUs) * 1000n;
  const hrtime = Object.assign(
    (earlier?: [number, number]): [number, number] => {
      const total =
        hrtimeBigint() - (earlier === undefined ? 0n : BigInt(earlier[0]) * 1_000_000_000n + BigInt(earlier[1]));
      return [Number(total / 1_000_000_000n), Number(total % 1_000_000_000n)];
    },
    { bigint: hrtimeBigint },
  );
  const self: Record<string, unknown> = {
    env: environment,
    version: 'v24.0.0',
    versions: { node: '24.0.0' },
    platform: 'linux',
    arch: 'arm64',
    argv: ['node', '/var/runtime/index.mjs'],
    execArgv: [],
    pid: 8,
    exitCode: undefined,
    stdout,
    stderr: stdout,
    cwd: () => '/var/task',
    uptime: () => (kernel.nowUs - startUs) / 1e6,
    memoryUsage: () => ({ rss: 100_000_000, heapTotal: 60_000_000, heapUsed: 40_000_000, external: 1_000_000 }),
    nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) => process.nextTick(callback, ...args),
    emitWarning: () => undefined,
    on: () => self,
    once: () => self,
    off: () => self,
    removeListener: () => self,
    emit: () => false,
    hrtime,
  };
  // Standing behind the object, the proxy is asked only for what the object does not have.
  const unknownMembers = new Proxy(
    {},
    {
      get: (_target, name) =>
        typeof name === 'symbol' || name in Object.prototype || ABSENT_PROCESS_MEMBERS.has(name)
          ? Reflect.get(Object.prototype, name)
          : refuse(kernel, `process.${name}`)(),
    },
  );
  return Object.setPrototypeOf(self, unknownMembers) as object;
}

/**
 * A function that refuses to be called, for what code may hold but must not use. The refusal also ends the run, since
 * the code that called may well swallow what is thrown at it.
 */
export function refuse(kernel: Kernel, what: string): () => never {
  return function refused(): never {
    const refusal = new NotModelled(what, 'Code under simulation may not use it; use what the runtime room models.');
    kernel.fail(refusal);
    throw refusal;
  };
}
