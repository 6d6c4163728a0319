import { datumResourceName, functionName } from '../../blueprint/names';
import { SimulatedTarget } from '../../gamedays';
import { medianElapsed, timed, timedBatches } from '../elapsed';
import { milliseconds, type BenchInputs, type Figure } from '../figure';

const MS_MAX = 5;
const BATCH = 200;
const WARM_UP_BATCHES = 10;
const BATCHES = 7;
const GAP_SECONDS = 0.05;
/** An environment that is begun with the last request has answered by then. */
const DRAIN_SECONDS = 2;

/**
 * A refusal before the lease, by the shipped intake of a region that has closed a class: the client's signature, DNS, the API,
 * the function. Since it does nothing but refuse, all that its role has been allowed is what a refusal calls: the control
 * item, once a second and environment, is left out.
 */
export async function refusal({ assembly, configuration }: BenchInputs): Promise<readonly Figure[]> {
  const target = new SimulatedTarget({ assembly, configuration, seed: 1, warmUpSeconds: 10 });
  await target.advanceTo(0);
  const report = target.operate({ command: 'set-shed', region: 'primary', open: [1, 1, 0], minutes: 60, atSeconds: 0 });
  await target.advanceTo(5);
  if ((await report).outcome !== 'done') throw new Error('The bench could not close a class of orders.');
  const place = placeImports(target);
  await timedBatches(WARM_UP_BATCHES, () => place(BATCH));
  const busy = await timedBatches(BATCHES, () => place(BATCH));
  const idle = await timed(() => target.advanceTo(target.nowSeconds() + BATCH * GAP_SECONDS + DRAIN_SECONDS));
  const { wallMs, cpuMs } = medianElapsed(busy);
  const each = { wallMs: (wallMs - idle.wallMs) / BATCH, cpuMs: (cpuMs - idle.cpuMs) / BATCH };
  return [
    { ...milliseconds('A refusal, hot', each), barMax: MS_MAX },
    {
      title: 'Kinds of calls a refusal makes, beside the control item',
      unit: 'calls',
      value: callsOfIntake(target).length,
      barMax: 0,
    },
  ];
}

/** What intake has called, each once, besides the table that the control item is in. */
function callsOfIntake({ cloud, stage }: SimulatedTarget): readonly string[] {
  return cloud.iam
    .allowedCalls()
    .filter(({ principal }) => principal.endsWith(`/${functionName(stage, 'intake')}`))
    .filter(({ resource }) => !resource.endsWith(`/${datumResourceName(stage, 'regional-state')}`))
    .map(({ action, resource }) => `${action} ${resource}`);
}

/** Places so many imports, one after the other. @throws Error unless all are refused: another answer is other work */
function placeImports(target: SimulatedTarget): (count: number) => Promise<void> {
  const platform = target.caller('bench');
  const host = target.regionHosts[target.regions.primary]!;
  let ordinal = 0;
  const placeOne = async (): Promise<number> => {
    const customerId = `customer-${ordinal++}`;
    const request = await target.authorizerOf(customerId).sign(
      {
        method: 'POST',
        host,
        path: '/orders/import',
        headers: { 'content-type': 'application/json', 'idempotency-key': `key-${ordinal}` },
        body: JSON.stringify({ customerId, amount: 4_250, currency: 'USD' }),
      },
      platform.now(),
    );
    return (await platform.send(request, 2_000)).status;
  };
  return async (count) => {
    let refused = 0;
    for (let placed = 0; placed < count; placed++) {
      void placeOne().then((status) => (refused += Number(status === 429)));
      await target.advanceTo(target.nowSeconds() + GAP_SECONDS);
    }
    await target.advanceTo(target.nowSeconds() + DRAIN_SECONDS);
    if (refused !== count) throw new Error(`Of ${count} imports of the bench ${refused} were refused.`);
  };
}
