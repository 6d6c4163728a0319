import { BenchCloud } from '../bench-cloud';
import { medianElapsed, timedBatches } from '../elapsed';
import { milliseconds, type Figure } from '../figure';

const WARM_UP = 20;
const BATCHES = 40;

/** A cold start, told by what it adds to an invocation: the bundle evaluated anew, a new client, a new connection. */
export async function environment(): Promise<readonly Figure[]> {
  const bench = new BenchCloud();
  const callOnce = (): Promise<void> => bench.invoke('put-items', { count: 1 });
  const startAnew = (): Promise<void> => {
    bench.discardEnvironments('put-items');
    return callOnce();
  };
  await timedBatches(WARM_UP, startAnew);
  const started = medianElapsed(await timedBatches(BATCHES, startAnew));
  return [milliseconds('A new environment with its first SDK call', started)];
}
