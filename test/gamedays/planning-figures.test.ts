import { EXECUTION_MS } from '../../blueprint/capacity';
import { functionName } from '../../blueprint/names';
import { SimulatedTarget } from '../../gamedays/targets/simulated-target';
import { OrderWorkloadRun } from '../../gamedays/workloads/order-workload';
import { planFlight } from './flight';

jest.setTimeout(120_000);

/** The worst minute's 99th percentile of a function's duration, at the nominal load of the sandbox. */
async function measuredMs(): Promise<Record<keyof typeof EXECUTION_MS, number>> {
  const target = new SimulatedTarget({ ...(await planFlight()), seed: 1, warmUpSeconds: 120 });
  const workload = { ordersPerSecond: 4, declinedShare: 0.02, readShare: 1, readAfterSeconds: 3 };
  await target.advanceTo(0);
  new OrderWorkloadRun(target, workload).start(180);
  await target.advanceTo(320);
  const worstOf = (service: 'intake' | 'query'): number =>
    Math.max(
      ...target.cloud.cloudWatch
        .series(target.regions.primary, {
          namespace: 'AWS/Lambda',
          name: 'Duration',
          dimensions: { FunctionName: functionName(target.stage, service) },
          statistic: 'p99',
        })
        .map(([, value]) => value),
    );
  return { intake: worstOf('intake'), query: worstOf('query') };
}

describe('The planned duration of an execution', () => {
  it('is what the embedded cloud shows with room for what it cannot, and no more than twenty times that', async () => {
    const measured = await measuredMs();

    for (const service of ['intake', 'query'] as const) {
      expect(EXECUTION_MS[service]).toBeGreaterThan(2 * measured[service]);
      expect(EXECUTION_MS[service]).toBeLessThan(20 * measured[service]);
    }
  });
});
