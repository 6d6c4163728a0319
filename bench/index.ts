/**
 * What things cost: a table for a person, a document for machines, and bars for the check.
 *
 * - `measurements/`: one measurement a file, and the catalogue of them
 * - `run-bench.ts`: a fresh synth, each measurement in new processes, medians; `measure-alone.ts` is what runs in them
 * - `bench-table.ts`: the result on a terminal
 * - `bench-cloud.ts`, `functions/`: a cloud with nothing in it but the bench's own functions
 * - `order-line.ts`: the app as it ships, and a client that places orders
 * - `overload/`: load shedding against the optimum, a bench of its own
 * - `clean-environment.ts`: what the SDK finds when it runs without the embedded cloud
 * - `core-worker.ts`: what a process does while the gain of several is measured
 * - `figure.ts`, `elapsed.ts`, `heap-bytes.ts`: numbers, units, clocks, medians and memory
 */
export { benchTable } from './bench-table';
export type { Figure, Unit } from './figure';
export { MEASUREMENT_NAMES, USUAL_MEASUREMENTS, type MeasurementName } from './measurements';
export * from './overload';
export { missedBars, runBench, type BenchOptions, type BenchResult } from './run-bench';
