import type { BenchInputs, Figure } from '../figure';
import { heapBytes } from '../heap-bytes';
import { OrderLine } from '../order-line';

const ORDERS = 500;

/** What the heap holds after a full collection: the deployed app at rest, and what each order leaves behind. */
export async function memory(inputs: BenchInputs): Promise<readonly Figure[]> {
  const before = heapBytes();
  const line = new OrderLine(inputs);
  await line.warmUp();
  await line.place(20);
  const atRest = heapBytes();
  await line.place(ORDERS);
  await line.demandConfirmed();
  const afterwards = heapBytes();
  return [
    { title: 'Heap of the deployed app', unit: 'MB', value: (atRest - before) / 1e6 },
    { title: 'Heap an order leaves behind', unit: 'KB', value: (afterwards - atRest) / ORDERS / 1e3 },
    { title: `Resident memory after ${ORDERS} orders`, unit: 'MB', value: process.memoryUsage().rss / 1e6 },
  ];
}
