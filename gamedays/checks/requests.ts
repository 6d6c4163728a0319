import type { Attempt } from '../../client';
import { none, type Check } from './check';

export const noRequestFailed: Check = {
  id: 'no-request-failed',
  title: 'Every request succeeded at the first attempt',
  failureTitle: 'Requests failed',
  description:
    'Retries hide failures from customers, not from the bill nor from the next bad day. In calm there are none.',
  judge: ({ placedOrders }) => {
    const attempts = placedOrders.flatMap((order) => [...order.attempts, ...order.reads]);
    const failed = attempts.filter((attempt) => attempt.outcome === 'timeout' || attempt.outcome >= 300);
    return none(failed.map(describe), `of ${attempts.length} requests failed`);
  },
};

function describe(attempt: Attempt): string {
  return `${attempt.outcome} from ${attempt.region} after ${attempt.endMs - attempt.startMs} ms`;
}
