import { timed } from '../elapsed';
import type { BenchInputs, Figure } from '../figure';
import { heapBytes } from '../heap-bytes';
import { OrderLine } from '../order-line';

const SIZES = [1_000, 10_000, 100_000] as const;
const BATCH = 1_000;
/** What an order leaves behind may not grow with the number of orders. */
const GROWTH_MAX = 1.15;
const RESIDENT_MB_MAX = (1.5 * 2 ** 30) / 1e6;

/** A hundred thousand orders in one process: what each leaves in memory, and how many there are in a second. */
export async function longRun(inputs: BenchInputs): Promise<readonly Figure[]> {
  const line = new OrderLine(inputs);
  await line.warmUp();
  const heaps: number[] = [];
  let placed = 0;
  const { wallMs, cpuMs } = await timed(async () => {
    for (const size of SIZES) {
      for (; placed < size; placed += BATCH) await line.place(BATCH);
      heaps.push(heapBytes());
    }
  });
  await line.demandConfirmed();
  const [thousand, tenThousand, hundredThousand] = heaps as [number, number, number];
  const early = (tenThousand - thousand) / (SIZES[1] - SIZES[0]);
  const late = (hundredThousand - tenThousand) / (SIZES[2] - SIZES[1]);
  const virtualSeconds = (placed / BATCH) * line.secondsFor(BATCH);
  return [
    ...SIZES.map((size, index) => ({
      title: `Heap after ${size} orders`,
      unit: 'MB' as const,
      value: heaps[index]! / 1e6,
    })),
    { title: 'Heap of an order up to 10000, and after that', unit: 'times', value: late / early, barMax: GROWTH_MAX },
    {
      title: `Resident memory after ${placed} orders`,
      unit: 'MB',
      value: process.memoryUsage().rss / 1e6,
      barMax: RESIDENT_MB_MAX,
    },
    {
      title: 'Orders on one process',
      unit: 'orders/s',
      value: (placed / wallMs) * 1000,
      cpu: (placed / cpuMs) * 1000,
    },
    { title: 'Virtual time by real time, at 5 orders/s', unit: 'times', value: (virtualSeconds * 1000) / wallMs },
  ];
}
