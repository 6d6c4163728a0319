import { evacuationKey } from '../../blueprint/names';
import { ownRegion, requiredEnv } from '../shared/environment';
import { logger } from '../shared/logger';
import { measure, publishMeasured } from '../shared/metrics';
import { lookAtOrders } from '../shared/order-look';
import { isEvacuated } from '../shared/regional-state';

/** EventBridge comes once a minute at most, and a region with 30 % errors is to be seen within one. */
const PROBE_PERIOD_MS = 2_000;
/** The last probe begins after 54 s and ends within 3 s, before the next minute's invocation. */
const PROBES = 28;
/** What was measured is published so often: an alarm looks every ten seconds. */
const PROBES_A_PUBLICATION = 5;

/**
 * Asks the other region what a customer would ask, every two seconds, and publishes how often it was not answered. A region
 * that answers health checkers and fails a third of its customers is seen here and nowhere else.
 */
export async function probePeer(startMs: number): Promise<void> {
  const [region, host] = [requiredEnv('PEER_REGION'), requiredEnv('PEER_HOST')];
  const probes: Promise<void>[] = [];
  try {
    await measureEvacuations();
    for (let index = 0; index < PROBES; index++) {
      await sleep(startMs + index * PROBE_PERIOD_MS - Date.now());
      // Not awaited: a region that does not answer must not slow down the asking.
      probes.push(probeOnce(region, host));
      if (index % PROBES_A_PUBLICATION === PROBES_A_PUBLICATION - 1) publishMeasured();
    }
    await Promise.all(probes);
  } finally {
    publishMeasured();
  }
}

async function probeOnce(region: string, host: string): Promise<void> {
  const { isWell, latencyMs } = await lookAtOrders(region, host);
  measure('PeerProbeFailures', isWell ? 0 : 1);
  if (latencyMs !== undefined) measure('PeerProbeLatency', latencyMs);
}

/** How many regions this region's switch holds out of DNS. */
async function measureEvacuations(): Promise<void> {
  try {
    const regions = [ownRegion(), requiredEnv('PEER_REGION')];
    const positions = await Promise.all(regions.map((region) => isEvacuated(evacuationKey(region))));
    measure('Evacuations', positions.filter(Boolean).length);
  } catch (error) {
    logger.warn('The evacuation switch cannot be read.', error as Error);
  }
}

const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
