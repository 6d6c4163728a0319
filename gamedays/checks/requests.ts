import type { Attempt } from '../../client';
import { none, type Check } from './check';

export const noRequestFailed: Check = {
  id: 'no-request-failed',
  title: 'Every request succeeded at the first attempt',
  failureTitle: 'Requests failed',
  description:
    'Retries hide failures from customers, not from the bill nor from the next bad day. In calm there are none.',
  judge: ({ placedOrders }) => {
    const requests = placedOrders.flatMap((order) => [
      ...order.attempts.map((attempt) => ({ request: 'an order', attempt })),
      ...order.reads.map((attempt) => ({ request: 'a read', attempt })),
    ]);
    const failed = requests.filter(({ attempt: { outcome } }) => outcome === 'timeout' || outcome >= 300);
    return none(
      failed.map(({ request, attempt }) => describe(request, attempt)),
      `of ${requests.length} requests failed`,
    );
  },
};

function describe(request: string, attempt: Attempt): string {
  return `${request}: ${attempt.outcome} from ${attempt.region} after ${attempt.endMs - attempt.startMs} ms`;
}
