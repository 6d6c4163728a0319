import type { Kernel, Timer } from '../kernel/kernel';

interface PendingTimer {
  readonly callback: () => void;
  readonly repeatUs: number | undefined;
  remainingUs: number;
  dueUs: number;
  event: Timer | undefined;
}

/** What `setTimeout` returns in Node: an object that also works as a number. */
export class TimerHandle {
  constructor(
    private readonly id: number,
    private readonly delayUs: number,
    private readonly timers: EnvironmentTimers,
  ) {}

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    this.timers.restart(this.id, this.delayUs);
    return this;
  }

  close(): this {
    this.timers.clear(this);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.id;
  }
}

/**
 * The timers of one execution environment. Between invocations Lambda freezes the environment: its timers stand still
 * and go on with the next invocation. They die with it.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class EnvironmentTimers {
  private readonly pending = new Map<number, PendingTimer>();
  private nextId = 1;
  private isFrozen = false;

  constructor(private readonly kernel: Kernel) {}

  readonly setTimeout = (callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]): TimerHandle =>
    this.start(() => callback(...args), toDelayUs(delayMs), false);

  readonly setInterval = (callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]): TimerHandle =>
    this.start(() => callback(...args), toDelayUs(delayMs), true);

  readonly setImmediate = (callback: (...args: unknown[]) => void, ...args: unknown[]): TimerHandle =>
    this.start(() => callback(...args), 0, false);

  readonly clear = (handle?: TimerHandle | number | string | null): void => {
    if (handle === undefined || handle === null) return;
    const id = Number(handle);
    const timer = this.pending.get(id);
    if (timer === undefined) return;
    this.kernel.cancel(timer.event);
    this.pending.delete(id);
  };

  /** Lets a timer that is still pending start again from its full delay. */
  restart(id: number, delayUs: number): void {
    const timer = this.pending.get(id);
    if (timer === undefined) return;
    this.kernel.cancel(timer.event);
    timer.remainingUs = delayUs;
    if (!this.isFrozen) this.arm(id, timer);
  }

  freeze(): void {
    this.isFrozen = true;
    for (const timer of this.pending.values()) {
      this.kernel.cancel(timer.event);
      timer.remainingUs = Math.max(0, timer.dueUs - this.kernel.nowUs);
    }
  }

  thaw(): void {
    this.isFrozen = false;
    for (const [id, timer] of this.pending) this.arm(id, timer);
  }

  /** The environment is gone: nothing fires any more. */
  discard(): void {
    for (const timer of this.pending.values()) this.kernel.cancel(timer.event);
    this.pending.clear();
    this.isFrozen = true;
  }

  private start(callback: () => void, delayUs: number, isRepeating: boolean): TimerHandle {
    const id = this.nextId++;
    const timer: PendingTimer = {
      callback,
      repeatUs: isRepeating ? Math.max(1000, delayUs) : undefined,
      remainingUs: delayUs,
      dueUs: 0,
      event: undefined,
    };
    this.pending.set(id, timer);
    if (!this.isFrozen) this.arm(id, timer);
    return new TimerHandle(id, delayUs, this);
  }

  private arm(id: number, timer: PendingTimer): void {
    timer.dueUs = this.kernel.nowUs + timer.remainingUs;
    timer.event = this.kernel.after(timer.remainingUs, () => {
      if (timer.repeatUs === undefined) {
        this.pending.delete(id);
      } else {
        timer.remainingUs = timer.repeatUs;
        this.arm(id, timer);
      }
      this.kernel.entersAsyncCode();
      timer.callback();
    });
  }
}

// Node turns every delay below one millisecond, and everything that is not a number, into one millisecond.
function toDelayUs(delayMs: number | undefined): number {
  const delay = Number(delayMs);
  return delay >= 1 && delay <= 2_147_483_647 ? Math.trunc(delay) * 1000 : 1000;
}
