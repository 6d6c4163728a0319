import { BenchCloud } from '../bench-cloud';
import { medianElapsed, timed, timedBatches, type Elapsed } from '../elapsed';
import { milliseconds, type Figure } from '../figure';

export const SDK_CALL_HOT = 'An SDK call, hot';
const HOT_MS_MAX = 0.2;
const COLD = 20;
const BATCH = 400;
/** The just-in-time compiler is done after some five thousand calls. */
const WARM_UP_BATCHES = 16;
/** As many as are busy at some hundred orders a second. */
const ENVIRONMENTS = 24;
const BATCH_EACH = Math.ceil(BATCH / ENVIRONMENTS);

/**
 * PutItem of an order's size by the real SDK: many in one invocation, less the invocation itself. Environments that take turns
 * slow each other down: each has classes and objects of its own, more than V8 tells apart at one place of the code, and more
 * than the processor keeps at hand.
 */
export async function sdkCall(): Promise<readonly Figure[]> {
  const bench = new BenchCloud();
  const call = (count: number) => (): Promise<void> => bench.invoke('put-items', { count });
  const cold = await timed(call(COLD));
  await timedBatches(WARM_UP_BATCHES, call(BATCH));
  const hot = medianElapsed(await timedBatches(9, call(BATCH)));
  const invocation = medianElapsed(await timedBatches(9, call(0)));
  return [
    { ...milliseconds(SDK_CALL_HOT, each(hot, invocation, BATCH)), barMax: HOT_MS_MAX },
    milliseconds('An SDK call, cold', each(cold, invocation, COLD)),
    milliseconds(`An SDK call, hot, of ${ENVIRONMENTS} environments in turns`, await inTurns(bench)),
  ];
}

async function inTurns(bench: BenchCloud): Promise<Elapsed> {
  const call = (count: number) => (): Promise<void> => bench.invoke('put-items', { count }, ENVIRONMENTS);
  await timedBatches(WARM_UP_BATCHES, call(BATCH_EACH));
  const hot = medianElapsed(await timedBatches(9, call(BATCH_EACH)));
  const invocation = medianElapsed(await timedBatches(9, call(0)));
  return each(hot, invocation, BATCH_EACH * ENVIRONMENTS);
}

function each(calls: Elapsed, invocation: Elapsed, count: number): Elapsed {
  return {
    wallMs: (calls.wallMs - invocation.wallMs) / count,
    cpuMs: (calls.cpuMs - invocation.cpuMs) / count,
  };
}
