import { EventQueue, type ScheduledEvent } from './event-queue';
import { RandomStream } from './random-stream';
import { Trace } from './trace';
import { SimulatorDefect } from './errors';

/** The only clock, the only dice and the only event loop of a simulation. */
export interface KernelOptions {
  /** Every random stream is derived from it, so it alone decides the run. */
  readonly seed: number;
  /** @default - 2026-03-02T09:00:00Z, a Monday; fixed, so that bodies with dates are the same in every run */
  readonly startEpochMs?: number;
  /** Drains promises after every event, needed or not. @default false */
  readonly drainsAlways?: boolean;
  /** Receives each line of the trace. @default - lines are only digested */
  readonly traceSink?: (line: string) => void;
}

/** A scheduled action that can still be called off. */
export type Timer = ScheduledEvent;

const DEFAULT_START_EPOCH_MS = Date.UTC(2026, 2, 2, 9, 0, 0);

// Taken once at load, so that the host traps which forbid timers during a run do not stop the kernel itself.
const nextMacrotask = setImmediate;
const drainPromises = promiseDrain();
const SETTLED = Promise.resolve();
/** After so many drains the host's own loop has a turn: signals, and the timers of whoever shows progress. */
const DRAINS_A_TURN = 1_000;

/**
 * What runs everything that promises and `process.nextTick` hold ready, without a turn of the host's loop, which costs
 * twenty times as much. Node keeps it for those who emulate a tick. It does nothing when a promise has called it, so it must be
 * called from a macrotask. Undefined on a host without it, which takes a turn each time.
 */
function promiseDrain(): (() => void) | undefined {
  const { _tickCallback: drain } = process as { _tickCallback?: unknown };
  return typeof drain === 'function' ? (drain as () => void) : undefined;
}

/**
 * Virtual time in whole microseconds. Events run one at a time in the order (time, sequence). After an event that has
 * run code with promises the host's promise queue is drained, so everything that such code does "at once" happens at
 * one instant. Events of the models alone have nothing to drain, and a turn of the host's loop costs more than they do.
 */
export class Kernel {
  readonly seed: number;
  readonly startEpochMs: number;
  readonly trace: Trace;
  /** How many events have run. */
  eventCount = 0;
  private timeUs = 0;
  private sequence = 0;
  private isRunning = false;
  private mustDrain = false;
  private readonly drainsAlways: boolean;
  private failure: unknown;
  private readonly queue = new EventQueue();
  private readonly streams = new Map<string, RandomStream>();

  constructor(options: KernelOptions) {
    this.seed = options.seed;
    this.startEpochMs = options.startEpochMs ?? DEFAULT_START_EPOCH_MS;
    this.drainsAlways = options.drainsAlways ?? false;
    this.trace = new Trace(options.traceSink);
  }

  /** Microseconds of virtual time since the start. */
  get nowUs(): number {
    return this.timeUs;
  }

  /** Milliseconds since 1970, as `Date.now()` gives them to code under simulation. */
  get epochMs(): number {
    return this.startEpochMs + Math.floor(this.timeUs / 1000);
  }

  /** The random stream of that name, the same object each time. */
  random(name: string): RandomStream {
    let stream = this.streams.get(name);
    if (stream === undefined) {
      stream = new RandomStream(`${this.seed}/${name}`);
      this.streams.set(name, stream);
    }
    return stream;
  }

  /** Runs the action after that many microseconds (fractions are rounded, negative delays are zero). */
  after(delayUs: number, action: () => void): Timer {
    if (!Number.isFinite(delayUs)) throw new SimulatorDefect(`A delay must be a finite number, got ${delayUs}.`);
    const event = { timeUs: this.timeUs + Math.max(0, Math.round(delayUs)), sequence: this.sequence++, action };
    this.queue.push(event);
    return event;
  }

  /** Runs the action at that virtual microsecond, or now if it has passed. */
  at(timeUs: number, action: () => void): Timer {
    return this.after(timeUs - this.timeUs, action);
  }

  /** Calls off a timer; one that has run already is left alone. */
  cancel(timer: Timer | undefined): void {
    if (timer !== undefined) timer.action = undefined;
  }

  /** Writes a line of the trace at the present instant. */
  record(actor: string, operation: string, body?: string): void {
    this.trace.record(this.timeUs, actor, operation, body);
  }

  /** Ends the run with this error: for what is thrown where nobody awaits it, such as inside code under simulation. */
  fail(error: unknown): void {
    this.failure ??= error;
  }

  /**
   * To be called by whatever runs or resumes code that may use promises, before it does. Forgetting it would let that
   * code go on too late; a test flies the same run with a drain after every event and compares the digests.
   */
  entersAsyncCode(): void {
    this.mustDrain = true;
  }

  /** Runs events up to and including that virtual microsecond; then it is that time. */
  async runUntil(timeUs: number): Promise<void> {
    if (this.isRunning) throw new SimulatorDefect('The kernel is running already.');
    this.isRunning = true;
    try {
      while (!this.runStretch(timeUs)) await this.drain(timeUs);
      this.timeUs = Math.max(this.timeUs, timeUs);
    } finally {
      this.isRunning = false;
    }
  }

  /** Takes a turn of the host's loop, which drains promises, and goes on in it as long as they can be drained in place. */
  private drain(timeUs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let drainsLeft = drainPromises === undefined ? 0 : DRAINS_A_TURN;
      const stretch = (): void => {
        try {
          if (this.runStretch(timeUs)) drainsLeft = 0;
        } catch (error) {
          reject(error);
          drainsLeft = 0;
        }
      };
      nextMacrotask(() => {
        while (drainsLeft-- > 0) {
          // Each stretch is run by a promise, as the first one of a run is: in all of them promises come ahead of ticks.
          void SETTLED.then(stretch);
          drainPromises!();
        }
        resolve();
      });
    });
  }

  /** Runs events until promises are to be drained. @returns whether all have run */
  private runStretch(timeUs: number): boolean {
    if (this.failure !== undefined) throw this.failure;
    for (let event = this.queue.peek(); event !== undefined && event.timeUs <= timeUs; event = this.queue.peek()) {
      this.queue.pop();
      if (event.action === undefined) continue;
      this.timeUs = event.timeUs;
      this.eventCount++;
      event.action();
      if (this.failure !== undefined) throw this.failure;
      if (!this.mustDrain && !this.drainsAlways) continue;
      this.mustDrain = false;
      return false;
    }
    return true;
  }
}
