import { secondsUntilCalm } from '../calm';
import { livedOrders } from '../lived-orders';
import type { Observations } from '../observations';
import { percentile } from '../percentile';
import type { RecoveryObjectives } from '../result';
import type { Check } from './check';

/** Measures what the game day can tell: both recovery objectives of a loss, and when there was calm where that is asked. */
export function recoveryObjectives(observations: Observations): RecoveryObjectives {
  return { ...afterLoss(observations), ...afterCause(observations) };
}

function afterCause(observations: Observations): RecoveryObjectives {
  const { expectations, durationSeconds } = observations.gameDay;
  if (expectations.calm === undefined) return {};
  const seconds = secondsUntilCalm(livedOrders(observations), expectations.calm.fromSeconds, durationSeconds);
  return { calmAfterSeconds: seconds ?? null };
}

function afterLoss(observations: Observations): RecoveryObjectives {
  const { loss } = observations;
  if (loss === undefined) return {};
  const seconds = recoverySeconds(observations);
  const barSeconds = observations.gameDay.expectations.recoveryTimeP99SecondsMax;
  const unreadable = unreadableAtLoss(observations);
  return {
    recoveryTime: {
      p50Seconds: finite(percentile(seconds, 50)),
      p99Seconds: finite(percentile(seconds, 99)),
      maxSeconds: finite(percentile(seconds, 100)),
      ...(barSeconds === undefined ? {} : { p99BarSeconds: barSeconds }),
      orders: seconds.length,
    },
    recoveryPoint: { orders: unreadable.length, oldestAgeSeconds: Math.max(0, ...unreadable) },
  };
}

export const recoveryTime: Check = {
  id: 'recovery-time',
  title: 'Callers were served again in time',
  failureTitle: 'Callers waited too long to be served again',
  description:
    'The recovery time is what a caller lives through: from the loss, or from the first attempt if that came later, to the first success, DNS caches and timeouts included. An order without any success counts as the longest.',
  judge: (observations) => {
    const barSeconds = observations.gameDay.expectations.recoveryTimeP99SecondsMax ?? Infinity;
    const { recoveryTime: measured } = recoveryObjectives(observations);
    const p99Seconds = measured?.p99Seconds ?? Infinity;
    return {
      verdict: p99Seconds <= barSeconds ? 'pass' : 'fail',
      measured: `p99 ${p99Seconds.toFixed(1)} s over ${measured?.orders ?? 0} orders`,
      bar: `at most ${barSeconds} s at p99`,
    };
  },
};

export const recoveryPoint: Check = {
  id: 'recovery-point',
  title: 'What the survivor did not know at the loss was a matter of seconds',
  failureTitle: 'The survivor had fallen behind before the loss',
  description:
    'The recovery point is what had been acknowledged and could not be read in the survivor at the moment of the loss. It comes back with the region; until then a caller reads 404.',
  judge: (observations) => {
    const { recoveryPoint: measured } = recoveryObjectives(observations);
    const ageSeconds = measured?.oldestAgeSeconds ?? Infinity;
    return {
      verdict: ageSeconds <= RECOVERY_POINT_SECONDS_MAX ? 'pass' : 'fail',
      measured: `${measured?.orders ?? 0} orders, the oldest ${ageSeconds.toFixed(2)} s old`,
      bar: `none older than ${RECOVERY_POINT_SECONDS_MAX} s`,
    };
  },
};

// AWS states a second or less as typical for global tables and promises no bound; ten seconds would be worth a page.
const RECOVERY_POINT_SECONDS_MAX = 10;

function recoverySeconds({ loss, placedOrders, gameDay, startEpochMs }: Observations): number[] {
  const healedMs = startEpochMs + (gameDay.faults[0]?.toSeconds ?? 0) * 1000;
  const touched = placedOrders.filter(
    (order) => order.firstAttemptMs < healedMs && (order.acknowledgedMs ?? Infinity) >= loss!.epochMs,
  );
  return touched.map((order) =>
    order.acknowledgedMs === undefined
      ? Infinity
      : (order.acknowledgedMs - Math.max(loss!.epochMs, order.firstAttemptMs)) / 1000,
  );
}

function unreadableAtLoss({ loss, placedOrders }: Observations): number[] {
  const readable = new Set(loss!.survivingReplica.map((item) => String(item.orderId)));
  return placedOrders
    .filter(
      (order) =>
        order.acknowledgedMs !== undefined && order.acknowledgedMs <= loss!.epochMs && !readable.has(order.orderId!),
    )
    .map((order) => (loss!.epochMs - order.acknowledgedMs!) / 1000);
}

const finite = (seconds: number): number | null => (Number.isFinite(seconds) ? seconds : null);
