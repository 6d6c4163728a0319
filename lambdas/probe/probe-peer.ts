import { evacuationKey } from '../../blueprint/names';
import { ownRegion, requiredEnv } from '../shared/environment';
import { logger } from '../shared/logger';
import { measure, publishMeasured } from '../shared/metrics';
import { lookRhythm, publishesZeros } from '../shared/footprint';
import { lookAtOrders } from '../shared/order-look';
import { isEvacuated } from '../shared/regional-state';

/**
 * Asks the other region what a customer would ask, again and again, and publishes how often it was not answered. A region
 * that answers health checkers and fails a third of its customers is seen here and nowhere else.
 */
export async function probePeer(startMs: number): Promise<void> {
  const [region, host] = [requiredEnv('PEER_REGION'), requiredEnv('PEER_HOST')];
  const { looks, periodMs, looksAPublication, measuresLatency } = lookRhythm('probe');
  const probes: Promise<void>[] = [];
  try {
    await measureEvacuations();
    for (let index = 0; index < looks; index++) {
      await sleep(startMs + index * periodMs - Date.now());
      // Not awaited: a region that does not answer must not slow down the asking.
      probes.push(probeOnce(region, host, measuresLatency));
      if (index % looksAPublication === looksAPublication - 1) publishMeasured();
    }
    await Promise.all(probes);
  } finally {
    publishMeasured();
  }
}

async function probeOnce(region: string, host: string, measuresLatency: boolean): Promise<void> {
  const { isWell, latencyMs } = await lookAtOrders(region, host);
  measure('PeerProbeFailures', isWell ? 0 : 1);
  if (measuresLatency && latencyMs !== undefined) measure('PeerProbeLatency', latencyMs);
}

/** How many regions this region's switch holds out of DNS. */
async function measureEvacuations(): Promise<void> {
  try {
    const regions = [ownRegion(), requiredEnv('PEER_REGION')];
    const positions = await Promise.all(regions.map((region) => isEvacuated(evacuationKey(region))));
    const evacuated = positions.filter(Boolean).length;
    if (evacuated > 0 || publishesZeros()) measure('Evacuations', evacuated);
  } catch (error) {
    logger.warn('The evacuation switch cannot be read.', error as Error);
  }
}

const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
