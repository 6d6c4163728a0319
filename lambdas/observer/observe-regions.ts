import type { LookRhythm } from '../../blueprint/footprints';
import { requiredEnv } from '../shared/environment';
import { logger } from '../shared/logger';
import { lookRhythm } from '../shared/footprint';
import { readObservation, writeObservation, type Observation, type RegionObservation } from './observation';
import { measureProbe, publishProbes } from './probe-metrics';
import { probe, type ObservedRegion, type Probe } from './probe';

/** So many looks at orders are remembered: a minute and a half of them while it looks steadily. */
const ORDER_LOOKS_KEPT = 18;

/**
 * Looks at both serving regions several times in a minute, and writes down what it sees after each look.
 *
 * It stands in neither of them, so that a region which is only cut off from the other one is not taken for lost. What DNS
 * answers is not part of it: the runtime under which the drills fly has no DNS for functions.
 */
export async function observeRegions(startMs: number): Promise<void> {
  const rhythm = lookRhythm('observer');
  let last = await lastObservation();
  try {
    for (let round = 0; round < rhythm.looks; round++) {
      await sleep(startMs + round * rhythm.periodMs - Date.now());
      last = await look(last, rhythm);
    }
  } finally {
    publishProbes();
  }
}

async function look(last: Observation | undefined, { measuresLatency }: LookRhythm): Promise<Observation> {
  const nowMs = Date.now();
  const looks = await Promise.all(
    observedRegions().map(async (observed) => {
      const { region } = observed;
      const seen = await probe(observed);
      measureProbe(region, seen, measuresLatency);
      return [region, follow(last?.regions[region], seen, nowMs)] as const;
    }),
  );
  const observation = { observedAtMs: nowMs, regions: Object.fromEntries(looks) };
  try {
    await writeObservation(observation);
  } catch (error) {
    // The next look comes in a moment, and the age of the item tells the reader.
    logger.warn('The observation could not be written.', error as Error);
  }
  return observation;
}

/** What a look adds to what was known of the region. */
function follow(
  known: RegionObservation | undefined,
  { isLive, servesOrders, state }: Probe,
  nowMs: number,
): RegionObservation {
  return {
    isLive,
    state,
    liveSinceMs: known?.isLive === isLive ? known.liveSinceMs : nowMs,
    failuresInARow: isLive ? 0 : (known?.failuresInARow ?? 0) + 1,
    orderLooks: `${known?.orderLooks ?? ''}${servesOrders ? 1 : 0}`.slice(-ORDER_LOOKS_KEPT),
  };
}

/** Without it the observer begins anew: a region it sees then has been so since now. */
async function lastObservation(): Promise<Observation | undefined> {
  try {
    return await readObservation();
  } catch (error) {
    logger.warn('The last observation cannot be read.', error as Error);
    return undefined;
  }
}

function observedRegions(): ObservedRegion[] {
  const publicHosts = hostsIn('PUBLIC_HOSTS');
  return [...hostsIn('HEALTH_HOSTS')].map(([region, healthHost]) => ({
    region,
    healthHost,
    publicHost: publicHosts.get(region) ?? '',
  }));
}

/**
 * Hosts by region, from a variable such as `us-east-1=a.example.com,us-west-2=b.example.com`.
 * @throws Error when there are none: a wrong deployment fails at its first call
 */
function hostsIn(variable: string): ReadonlyMap<string, string> {
  const text = requiredEnv(variable);
  const hosts = new Map(text.split(',').map((pair) => pair.split('=') as [string, string]));
  if ([...hosts].some(([region, host]) => region === '' || host === undefined || host === '')) {
    throw new Error(`${variable} is "${text}": it must be region=host, separated by commas. See lib/stacks.`);
  }
  return hosts;
}

const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
