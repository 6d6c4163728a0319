import { BenchCloud } from '../../bench/bench-cloud';
import { OrderLine } from '../../bench/order-line';
import { planFlight } from '../gamedays/flight';

describe('The cloud of the bench', () => {
  it('makes as many SDK calls as it is asked for, and each arrives', async () => {
    const bench = new BenchCloud();

    await bench.invoke('put-items', { count: 3 });

    const orderIds = [...bench.cloud.dynamoDb.items(bench.tableName, bench.region)].map((item) => item.orderId);
    expect(orderIds).toEqual([{ S: 'order-0' }, { S: 'order-1' }, { S: 'order-2' }]);
  });

  it('measures no invocation that failed', async () => {
    const bench = new BenchCloud();
    bench.cloud.network.faults.add('silence', {
      select: { service: 'dynamodb' },
      effect: { kind: 'answer', status: 400, body: '{"__type":"x#AccessDeniedException","message":"no grant"}' },
    });

    await expect(bench.invoke('put-items', { count: 1 })).rejects.toThrow('put-items ended with: no grant');
  });

  it('starts a new environment when the warm ones are thrown away', async () => {
    const bench = new BenchCloud();
    const created = (): number =>
      bench.cloud.lambda.list().reduce((sum, { createdEnvironments }) => sum + createdEnvironments, 0);

    await bench.invoke('no-op', {});
    await bench.invoke('no-op', {});
    expect(created()).toBe(1);
    bench.discardEnvironments('no-op');
    await bench.invoke('no-op', {});
    expect(created()).toBe(2);
  });
});

describe('The line of orders', () => {
  it('accepts only orders that went all the way to CONFIRMED', async () => {
    const line = new OrderLine(await planFlight());
    await line.warmUp();

    await line.place(3);
    await expect(line.demandConfirmed()).resolves.toBeUndefined();

    line.target.cloud.network.faults.add('provider-silent', {
      select: { operation: 'POST /charges' },
      effect: { kind: 'lose-request' },
    });
    await line.place(1);
    await expect(line.demandConfirmed()).rejects.toThrow('Of 4 orders of the bench 4 were acknowledged, 3 CONFIRMED.');
  }, 60_000);
});
