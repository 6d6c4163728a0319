import type { LoadSheddingPolicy } from '../../blueprint/load-shedding';
import { UNREGULATED, type AssemblyScale } from '../../gamedays';
import { CAPACITY, CLASS_SHARES, SERVICE_MS, WORKERS, type OverloadRow } from './overload-row';

/** So many requests a second pass the fence where it is not what regulates: callers' repeats at twenty times the capacity. */
const OPEN_FENCE = 200 * CAPACITY;

function policyOf({ policy, variant, hasOutage }: OverloadRow): Partial<LoadSheddingPolicy> {
  // How long an order takes is measured, so a wrong belief in that is forgotten in calm. How many workers there are is not.
  const believed = variant === 'capacity+30%' ? 1.3 : variant === 'capacity-30%' ? 0.7 : 1;
  const shipped = { nominalServiceMs: SERVICE_MS, workers: Math.round(WORKERS * believed) };
  // Who looks every five seconds only must leave the workers enough for most of them, and correct five times as slowly.
  const slow = { tickMs: 5_000, cacheMs: 5_000, correctionMs: 20_000, delayTargetMs: [4_000, 4_000, 4_000] } as const;
  const loop = variant === 'slow-loop' ? slow : {};
  const { sharesBreaker, retryShareMax, retriesUnearnedMax } = UNREGULATED;
  const spared = variant === 'no-breaker' ? { sharesBreaker } : {};
  const breaker = variant === 'unspared' ? { sharesBreaker, retryShareMax, retriesUnearnedMax } : spared;
  switch (policy) {
    case 'regulator':
      return { ...shipped, ...loop, ...breaker };
    case 'backlog-threshold':
      return {
        ...shipped,
        ...UNREGULATED,
        admission: 'backlog-threshold',
        sharesBreaker: hasOutage === true,
        ...breaker,
      };
    case 'none':
    case 'api-gateway':
      return { ...shipped, ...UNREGULATED };
  }
}

/**
 * The scale of the bench: ten workers, the row's policy, and a fence that is out of the way unless it is what the row is
 * about. Each route has a bucket of its own: together those of the baseline let the capacity pass, split as orders are.
 */
export function scaleOf(row: OverloadRow): AssemblyScale {
  return {
    workers: WORKERS,
    loadShedding: policyOf(row),
    throttleOf: (routeKey) => {
      const share = routeKey === 'POST /orders/import' ? CLASS_SHARES[2] : 1 - CLASS_SHARES[2];
      const rate = row.policy === 'api-gateway' ? share * CAPACITY : OPEN_FENCE;
      return { requestsPerSecond: rate, burst: rate };
    },
  };
}
