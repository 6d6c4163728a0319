import { resolve } from 'node:path';

/**
 * Node's options for a process that flies beside others, one on each core: the threads on which V8 would otherwise compile and
 * collect garbage have no core to run on, and only take time from the neighbours. Two such processes do a tenth more.
 * `--always-sparkplug`, `--maglev`, `--no-flush-bytecode`, a tenth of what is inlined, inline caches of more maps,
 * text in large pages and other sizes of the young generation gain nothing on top of it.
 */
export const ONE_PROCESS_A_CORE = ['--single-threaded'] as const;

/** Runs a TypeScript file of the project in a process of its own: the file and its arguments follow. */
export const START = resolve(__dirname, '../bin/start.mjs');
