import { SimulatedTarget } from '../../gamedays';
import { medianElapsed, timed, timedBatches } from '../elapsed';
import { milliseconds, type BenchInputs, type Figure } from '../figure';

const HOT_MS_MAX = 0.3;
const COLD = 20;
const BATCH = 400;
const WARM_UP_BATCHES = 8;
/** Fewer than the account's concurrency, so that none is throttled. */
const AT_ONCE = 4;
const ROUND_SECONDS = 0.2;

/**
 * The shipped health function, asked through its API as a checker asks. It answers from its cache: what it asks its
 * tables every few seconds is in the figure of a virtual minute without orders.
 */
export async function healthInvocation({ assembly, configuration }: BenchInputs): Promise<readonly Figure[]> {
  const target = new SimulatedTarget({ assembly, configuration, seed: 1, warmUpSeconds: 0 });
  const path = `/${configuration.healthPath}/ready`;
  const host = hostOf(target, path);
  const ask = async (count: number): Promise<void> => {
    let answers = 0;
    for (let asked = 0; asked < count; asked += AT_ONCE) {
      for (let one = 0; one < AT_ONCE; one++) {
        void target.cloud.request(requestFor(host, path), 2_000).then((response) => {
          if (response?.status === 200) answers++;
        });
      }
      await target.advanceTo(target.nowSeconds() + ROUND_SECONDS);
    }
    if (answers !== count) throw new Error(`Of ${count} health checks of the bench ${answers} were answered with 200.`);
  };
  await target.advanceTo(10);
  const cold = await timed(() => ask(COLD));
  await timedBatches(WARM_UP_BATCHES, () => ask(BATCH));
  const hot = await timedBatches(7, () => ask(BATCH));
  return [
    { ...milliseconds('A health-check invocation, hot', medianElapsed(hot, BATCH)), barMax: HOT_MS_MAX },
    milliseconds('A health-check invocation, cold', medianElapsed([cold], COLD)),
  ];
}

const requestFor = (host: string, path: string) => ({
  method: 'GET',
  host,
  port: 443,
  path,
  headers: { host },
  body: '',
});

/** The primary's API that has the path among its routes. */
function hostOf({ cloud, regions }: SimulatedTarget, path: string): string {
  for (const api of cloud.httpApis.values()) {
    if (api.region === regions.primary && api.operation(requestFor(api.host, path)) === `GET ${path}`) return api.host;
  }
  throw new Error(`No HTTP API of ${regions.primary} has the route GET ${path}.`);
}
