import { BenchCloud } from '../bench-cloud';
import { medianElapsed, timed, timedBatches } from '../elapsed';
import { milliseconds, type Figure } from '../figure';

const HOT_MS_MAX = 0.35;
const COLD = 20;
const BATCH = 1_000;
const WARM_UP_BATCHES = 5;

/** A handler that does nothing: admission, the event as JSON, an environment, metrics, the outcome. */
export async function invocation(): Promise<readonly Figure[]> {
  const bench = new BenchCloud();
  const invoke = async (count: number): Promise<void> => {
    for (let ordinal = 0; ordinal < count; ordinal++) await bench.invoke('no-op', { ordinal });
  };
  const cold = await timed(() => invoke(COLD));
  await timedBatches(WARM_UP_BATCHES, () => invoke(BATCH));
  const hot = await timedBatches(5, () => invoke(BATCH));
  return [
    { ...milliseconds('An invocation, hot', medianElapsed(hot, BATCH)), barMax: HOT_MS_MAX },
    milliseconds('An invocation, cold', medianElapsed([cold], COLD)),
  ];
}
