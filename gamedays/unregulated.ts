import type { LoadSheddingPolicy } from '../blueprint/load-shedding';

/** No order is refused, dropped or spared, whatever waits: what most systems of queues and functions do. */
export const UNREGULATED = {
  admission: 'none',
  dropsLateWork: false,
  sharesBreaker: false,
  retryShareMax: 1,
  retriesUnearnedMax: 1_000,
} as const satisfies Partial<LoadSheddingPolicy>;
