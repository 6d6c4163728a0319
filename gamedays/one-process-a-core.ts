/**
 * Node's options for a process that flies beside others, one on each core: the threads on which V8 would otherwise compile and
 * collect garbage have no core to run on, and only take time from the neighbours. Two such processes do a tenth more.
 */
export const ONE_PROCESS_A_CORE = ['--single-threaded'] as const;
