import { functionName, stackName } from '../../blueprint/names';
import { PUBLIC_ROUTES } from '../../blueprint/order-api';
import { NOBODYS_ORDER_ID } from '../../blueprint/orders';
import { INTERNET, type Cloud } from '../../simulator';
import type { Fault, FaultWorld, StepOf } from './fault';

/** What ends each flood of a cloud, by the name of its step. */
const floods = new WeakMap<Cloud, Map<string, () => void>>();

export const flood: Fault<StepOf<'flood'>> = {
  title: ({ of, requestsPerSecond }) => `Strangers send ${requestsPerSecond} requests a second to ${TITLES[of]}`,
  apply: (world, step, name) => {
    const running = floods.get(world.cloud) ?? new Map<string, () => void>();
    floods.set(world.cloud, running);
    running.set(name, startFlood(world, step));
  },
  heal: ({ cloud }, _step, name) => floods.get(cloud)?.get(name)?.(),
};

const TITLES = { 'public-routes': 'the public routes', 'wrong-health-path': 'a wrong path of the health API' } as const;

/** Nobody has vouched for them, so they come as far as the edge and cost it a token each. */
const REQUESTS = {
  'public-routes': PUBLIC_ROUTES.map(({ method, path }) => ({
    method,
    path: path.replace('{orderId}', NOBODYS_ORDER_ID),
  })),
  'wrong-health-path': [{ method: 'GET', path: '/health/ready' }],
} as const satisfies Record<StepOf<'flood'>['of'], readonly { method: string; path: string }[]>;

function startFlood(
  { cloud, stage, regions }: FaultWorld,
  { of, region, requestsPerSecond }: StepOf<'flood'>,
): () => void {
  const output = of === 'public-routes' ? 'PublicHost' : 'HealthHost';
  const host = String(cloud.deployment.output(stackName(stage, `Service-${regions[region]}`), output));
  const periodUs = Math.round(1_000_000 / requestsPerSecond);
  let sent = 0;
  let isOver = false;
  const send = (): void => {
    if (isOver) return;
    const request = REQUESTS[of][sent++ % REQUESTS[of].length]!;
    cloud.network.send(
      INTERNET,
      { ...request, host, port: 443, headers: { host }, body: '' },
      { onResponse: () => undefined },
    );
    cloud.kernel.after(periodUs, send);
  };
  cloud.kernel.after(periodUs, send);
  return () => {
    isOver = true;
  };
}

export const exhaustConcurrency: Fault<StepOf<'exhaust-concurrency'>> = {
  title: 'Other functions of the account take every execution that is not reserved',
  apply: ({ cloud, regions }, { region }) => cloud.lambda.faults.takeUnreserved(regions[region], true),
  heal: ({ cloud, regions }, { region }) => cloud.lambda.faults.takeUnreserved(regions[region], false),
};

export const stopObserver: Fault<StepOf<'stop-observer'>> = {
  title: 'The observer does not run',
  apply: ({ cloud, regions, stage }) =>
    cloud.lambda.faults.stopFunction(regions.witness, functionName(stage, 'observer'), true),
  heal: ({ cloud, regions, stage }) =>
    cloud.lambda.faults.stopFunction(regions.witness, functionName(stage, 'observer'), false),
};
