import { cohortOf } from '../../blueprint/priorities';
import type { SetShedStep } from '../game-day';
import type { Observations } from '../observations';
import type { PlacedOrder } from '../workloads/order-workload';
import type { Check } from './check';

/** Execution environments have a copy that is a second old, and requests are under way. */
const FOLLOWS_MS = 2_500;
/** The fence refuses one or another who comes at the same instant as others, whoever it is. */
const BY_FENCE_SHARE_MAX = 0.02;

export const overrideFollowed: Check = {
  id: 'override-followed',
  title: 'While the regulator was overridden exactly the cohorts that were closed were refused, and nobody after that',
  failureTitle: 'Customers were admitted or refused against what the operator had ordered',
  description:
    'On the worst day a person may know more than the regulator. What they order must hold within seconds, for the same customers at every repeat, and end by itself.',
  judge: (observations) => {
    const orders = overridesOf(observations).flatMap((override) =>
      observations.placedOrders.flatMap((order) => judgeOne(order, override)),
    );
    const wrong = orders.filter(({ isRefused, isWanted }) => isRefused === isWanted);
    const refused = orders.filter(({ isRefused }) => isRefused).length;
    const admitted = wrong.filter(({ isRefused }) => !isRefused).length;
    const isFollowed = admitted === 0 && wrong.length <= BY_FENCE_SHARE_MAX * orders.length;
    return {
      // A day on which nobody was refused, or everybody, shows nothing.
      verdict: isFollowed && refused > 0 && refused < orders.length ? 'pass' : 'fail',
      measured: `${admitted} of ${orders.length} orders admitted against it, ${wrong.length - admitted} refused; ${refused} refused in all`,
      bar: `0 admitted against it, at most ${100 * BY_FENCE_SHARE_MAX} % refused`,
      details: wrong.map(({ name, isRefused }) => `${name} was ${isRefused ? 'refused' : 'admitted'}`),
    };
  },
};

interface Override {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly open: number;
}

function overridesOf({ operatorReports }: Observations): Override[] {
  return operatorReports.flatMap(({ step, startMs, endMs }) =>
    step.command === 'set-shed' ? [overrideOf(step, startMs, endMs)] : [],
  );
}

// The callers of game days have no plan, and wait for what they order.
const overrideOf = ({ minutes, open }: SetShedStep, startMs: number, endMs: number): Override => ({
  fromMs: endMs,
  untilMs: startMs + minutes * 60_000,
  open: open[1],
});

/** The first attempt of an order, unless it falls where either answer is right. */
function judgeOne(
  { customerId, idempotencyKey, attempts }: PlacedOrder,
  { fromMs, untilMs, open }: Override,
): { name: string; isRefused: boolean; isWanted: boolean }[] {
  const [first] = attempts;
  if (first === undefined || first.startMs < fromMs + FOLLOWS_MS) return [];
  if (Math.abs(first.startMs - untilMs) < FOLLOWS_MS) return [];
  const isWanted = first.startMs > untilMs || cohortOf(customerId, first.startMs) < open;
  return [{ name: `${idempotencyKey} of ${customerId}`, isRefused: first.outcome === 429, isWanted }];
}
