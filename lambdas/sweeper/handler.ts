import { METRICS, type MetricName } from '../../blueprint/metrics';
import { publishesZeros } from '../shared/footprint';
import { measure, withMetrics } from '../shared/metrics';
import { isDeletedBySweeper } from '../shared/order-retention';
import { deleteOldOrders } from './delete-old-orders';
import { exchangeHeartbeats } from './heartbeat';
import { sweep } from './sweep';

/** Once a minute: beat the heart, sweep, and delete what is old. Metrics that alarms wait for are published, if only as zero. */
export const handler = (): Promise<void> =>
  withMetrics(async () => {
    for (const [name, { zeroEachSweep }] of Object.entries(METRICS)) {
      if (zeroEachSweep && publishesZeros()) measure(name as MetricName, 0);
    }
    const now = Date.now();
    measure('PeerHeartbeatAgeSeconds', await exchangeHeartbeats(now));
    const stuck = await sweep(now);
    if (stuck > 0 || publishesZeros()) measure('StuckOrders', stuck);
    if (isDeletedBySweeper()) await deleteOldOrders(now);
  });
