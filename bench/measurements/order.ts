import { medianElapsed, timed, type Elapsed } from '../elapsed';
import { milliseconds, type BenchInputs, type Figure } from '../figure';
import { OrderLine } from '../order-line';

export const ORDER_HOT = 'An order, hot';
/** The bar of the house: more than that, and a thousand game days do not fit into a lunch break. */
const HOT_MS_MAX = 2.5;
const COLD = 20;
const BATCH = 150;
/**
 * Each function has code of its own that the just-in-time compiler works on beside the orders, and its time would count as
 * theirs: after six thousand orders it is 3 to 10 % of the processor's, after nine thousand at most 2 %.
 */
const WARM_UP_BATCHES = 60;
const BATCHES = 9;

/**
 * One order from its POST to CONFIRMED: the client's signature, DNS, intake, the queue, fulfilment, the provider, the
 * replication, and every call under them. Health checks, sweeps and alarms go on meanwhile; what they take without
 * orders is measured over the same virtual time and taken off.
 */
export async function order(inputs: BenchInputs): Promise<readonly Figure[]> {
  const line = new OrderLine(inputs);
  await line.warmUp();
  const cold = await timed(() => line.place(COLD));
  for (let batch = 0; batch < WARM_UP_BATCHES; batch++) await line.place(BATCH);
  const busy: Elapsed[] = [];
  const idle: Elapsed[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    busy.push(await timed(() => line.place(BATCH)));
    idle.push(await timed(() => line.rest(line.secondsFor(BATCH))));
  }
  await line.demandConfirmed();
  const pairs = busy.map((sample, batch) => difference(sample, idle[batch]!));
  return [
    { ...milliseconds(ORDER_HOT, medianElapsed(pairs, BATCH)), barMax: HOT_MS_MAX },
    milliseconds('An order, cold', medianElapsed([cold], COLD)),
    milliseconds('A virtual minute without orders', medianElapsed(idle, line.secondsFor(BATCH) / 60)),
  ];
}

function difference(busy: Elapsed, idle: Elapsed): Elapsed {
  return { wallMs: busy.wallMs - idle.wallMs, cpuMs: busy.cpuMs - idle.cpuMs };
}
