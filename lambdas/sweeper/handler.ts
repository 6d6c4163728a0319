import { METRICS, type MetricName } from '../../blueprint/metrics';
import { measure, withMetrics } from '../shared/metrics';
import { isDeletedBySweeper } from '../shared/order-retention';
import { deleteOldOrders } from './delete-old-orders';
import { exchangeHeartbeats } from './heartbeat';
import { sweep } from './sweep';

/** Once a minute: beat the heart, sweep, and delete what is old. Every metric that alarms wait for is published, if only as zero. */
export const handler = (): Promise<void> =>
  withMetrics(async () => {
    for (const [name, { zeroEachSweep }] of Object.entries(METRICS)) {
      if (zeroEachSweep) measure(name as MetricName, 0);
    }
    const now = Date.now();
    measure('PeerHeartbeatAgeSeconds', await exchangeHeartbeats(now));
    measure('StuckOrders', await sweep(now));
    if (isDeletedBySweeper()) await deleteOldOrders(now);
  });
