import type { Assembly } from '../simulator';
import type { Configuration } from '../blueprint/configuration';
import type { Elapsed } from './elapsed';

export type Unit = 'ms' | 'µs' | 's' | 'MB' | 'KB' | 'events/s' | 'orders/s' | 'times' | 'calls';

/** One number of the table. */
export interface Figure {
  readonly title: string;
  readonly unit: Unit;
  /** By the clock on the wall, or the size. */
  readonly value: number;
  /** The same in processor time. @default - not a time, or not this process's */
  readonly cpu?: number;
  /** The most `judged` may be. @default - no bar */
  readonly barMax?: number;
  /** The least `judged` may be. @default - no bar */
  readonly barMin?: number;
}

/** What a measurement gets to work on. */
export interface BenchInputs {
  /** A fresh synth of the app as it ships. */
  readonly assembly: Assembly;
  readonly configuration: Configuration;
  /** Where the assembly was read from, for processes of a measurement's own. */
  readonly assemblyDirectory: string;
}

/** A measurement. It has a process of its own, so it finds neither warm code nor a full heap of another one. */
export type Measure = (inputs: BenchInputs) => Promise<readonly Figure[]>;

/** Both clocks as a figure in milliseconds. */
export function milliseconds(title: string, { wallMs, cpuMs }: Elapsed): Figure {
  return { title, unit: 'ms', value: wallMs, cpu: cpuMs };
}
