import { EXECUTION_MS } from '../../blueprint/capacity';
import { functionName } from '../../blueprint/names';
import { OPEN_INDEX_WRITES, TABLE_DEMAND } from '../../blueprint/order-demand';
import { serviceNamed } from '../../blueprint/services';
import { SimulatedTarget } from '../../gamedays/targets/simulated-target';
import { OrderWorkloadRun } from '../../gamedays/workloads/order-workload';
import { planFlight } from '../gamedays/flight';

jest.setTimeout(120_000);

type Planned = keyof typeof EXECUTION_MS;

interface Measured {
  /** The worst minute's 99th percentile of a function's duration, at the nominal load of the sandbox. */
  readonly durationMs: Readonly<Record<Planned, number>>;
  /** Calls of DynamoDB by `<table> <operation>`, for each order. */
  readonly callsPerOrder: ReadonlyMap<string, number>;
}

/** A call of DynamoDB in a line of the trace, of the three tables that orders are in. */
const CALL = /dynamodb\.[\w-]+\|(\w+)\|\{"TableName":"tandem-sandbox-(orders|payment-ledger)".*/;

async function measure(): Promise<Measured> {
  const calls = new Map<string, number>();
  const traceSink = (line: string): void => {
    const [text, operation, table] = CALL.exec(line) ?? [];
    // Heartbeats and sweeps are no order's.
    if (text === undefined || text.includes('heartbeat#') || text.includes('IndexName')) return;
    if (text.includes('0'.repeat(32))) return;
    calls.set(`${table!} ${operation!}`, (calls.get(`${table!} ${operation!}`) ?? 0) + 1);
  };
  const target = new SimulatedTarget({
    ...(await planFlight()),
    seed: 1,
    warmUpSeconds: 120,
    debugging: { traceSink },
  });
  const workload = { ordersPerSecond: 4, declinedShare: 0.02, readShare: 1, readAfterSeconds: 3 };
  await target.advanceTo(0);
  const run = new OrderWorkloadRun(target, workload);
  run.start(180);
  await target.advanceTo(320);
  const worstOf = (service: Planned): number =>
    Math.max(
      ...target.cloud.cloudWatch
        .series(target.regions[serviceNamed(service).home === 'witness' ? 'witness' : 'primary'], {
          namespace: 'AWS/Lambda',
          name: 'Duration',
          dimensions: { FunctionName: functionName(target.stage, service) },
          statistic: 'p99',
        })
        .map(([, value]) => value),
    );
  return {
    durationMs: { intake: worstOf('intake'), query: worstOf('query'), payments: worstOf('payments') },
    callsPerOrder: new Map([...calls].map(([call, count]) => [call, count / run.orders.length])),
  };
}

describe('What is planned for an order', () => {
  let measured: Measured;
  beforeAll(async () => {
    measured = await measure();
  });

  it('is the duration that the embedded cloud shows with room for what it cannot, and no more than twenty times that', () => {
    for (const service of Object.keys(EXECUTION_MS) as Planned[]) {
      expect(EXECUTION_MS[service]).toBeGreaterThan(2 * measured.durationMs[service]);
      expect(EXECUTION_MS[service]).toBeLessThan(20 * measured.durationMs[service]);
    }
  });

  it('is as many request units as there are calls', () => {
    const perOrder = (table: string, ...operations: readonly string[]): number =>
      operations.reduce((sum, operation) => sum + (measured.callsPerOrder.get(`${table} ${operation}`) ?? 0), 0);

    for (const { datum, writeUnits, readUnits } of TABLE_DEMAND.filter((demand) => demand.datum !== 'customer-plans')) {
      expect(perOrder(datum, 'PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems')).toBeCloseTo(writeUnits, 1);
      expect(perOrder(datum, 'Query', 'GetItem', 'BatchGetItem', 'Scan')).toBeCloseTo(readUnits, 1);
    }
    // Every write of an order touches the index: it appears there, is counted there, and goes.
    expect(OPEN_INDEX_WRITES).toBe(TABLE_DEMAND[0]!.writeUnits);
  });
});
