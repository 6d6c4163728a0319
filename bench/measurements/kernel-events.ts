import { Cloud } from '../../simulator';
import { medianElapsed, timedBatches } from '../elapsed';
import type { Figure } from '../figure';

const CHAINS = 100;
const BATCH = 100_000;

/** Events that do nothing but schedule the next, a hundred of them pending at a time. */
export async function kernelEvents(): Promise<readonly Figure[]> {
  return [
    await rate('Kernel events', false),
    // After an event that has resumed asynchronous code, the host's promises have to run dry.
    await rate('Kernel events that resume asynchronous code', true),
  ];
}

async function rate(title: string, resumesAsyncCode: boolean): Promise<Figure> {
  const { kernel } = new Cloud({ assembly: { stacks: [], bundles: new Map() }, seed: 1 });
  const next = (): void => {
    if (resumesAsyncCode) kernel.entersAsyncCode();
    kernel.after(CHAINS, next);
  };
  for (let chain = 0; chain < CHAINS; chain++) kernel.after(chain, next);
  const run = async (): Promise<void> => kernel.runUntil(kernel.nowUs + BATCH);
  await run();
  const startCount = kernel.eventCount;
  const samples = await timedBatches(5, run);
  const { wallMs, cpuMs } = medianElapsed(samples, (kernel.eventCount - startCount) / samples.length);
  return { title, unit: 'events/s', value: 1000 / wallMs, cpu: 1000 / cpuMs };
}
