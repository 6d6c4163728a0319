import { DEFAULT_PLAN } from '../../blueprint/customer-plans';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import type { Observations } from '../observations';
import type { TableItem } from '../targets/target';
import type { Check } from './check';

/** What replication takes when it is well, generously. */
const LAG_MS = 5_000;

export const plansFollowTheWriter: Check = {
  id: 'plans-follow-the-writer',
  title: "Orders went by their customers' old plan for no longer than is declared",
  failureTitle: "Orders went by a customer's plan that was too old, or that nobody had given",
  description:
    'A plan is read where the order is, and may be old: by what a reader remembers and by what replication takes. Older than that, a customer is treated by a plan that was ended long ago.',
  judge: (observations) => {
    const changes = planChanges(observations);
    const { primary, standby } = observations.regions;
    const judged = [...observations.replicas.get(standby)!].flatMap((item) => {
      const change = changes.find(({ customerId }) => customerId === item.customerId);
      if (change === undefined) return [{ item, allowed: [DEFAULT_PLAN] as string[], isOld: false }];
      // Written at some instant of the command, so that during it either is right.
      const acceptedMs = Number(item.acceptedAt);
      const allowed: string[] = [];
      const followsMs = item.region === primary ? change.endMs : change.arrivesMs;
      if (acceptedMs < followsMs + TIME_BUDGETS.planCacheMs) allowed.push(DEFAULT_PLAN);
      if (acceptedMs >= (item.region === primary ? change.startMs : change.arrivesMs - LAG_MS))
        allowed.push(change.plan);
      const isOld = item.region === standby && acceptedMs > change.endMs && acceptedMs < change.arrivesMs - LAG_MS;
      return [{ item, allowed, isOld }];
    });
    const wrong = judged.filter(({ item, allowed }) => !allowed.includes(String(item.plan)));
    const old = judged.filter(({ isOld }) => isOld).length;
    const fresh = judged.filter(({ item }) => item.plan !== DEFAULT_PLAN).length;
    return {
      // A day on which no plan was old, or none arrived, shows nothing.
      verdict: wrong.length === 0 && old > 0 && fresh > 0 ? 'pass' : 'fail',
      measured: `${wrong.length} of ${judged.length} wrong, ${old} by the old plan as declared, ${fresh} by a new one`,
      bar: '0 wrong, some of the others',
      details: wrong.map(({ item, allowed }) => describe(item, allowed, observations.startEpochMs)),
    };
  },
};

interface PlanChange {
  readonly customerId: string;
  readonly plan: string;
  readonly startMs: number;
  readonly endMs: number;
  /** When the standby has it at the latest: at once, or when a pause of replication is over. */
  readonly arrivesMs: number;
}

function planChanges({ operatorReports, gameDay, startEpochMs }: Observations): PlanChange[] {
  return operatorReports.flatMap(({ step, startMs, endMs }) => {
    if (step.command !== 'set-plan') return [];
    const pause = gameDay.faults.find(
      ({ fault, fromSeconds, toSeconds }) =>
        fault === 'pause-replication' && step.atSeconds >= fromSeconds && step.atSeconds < toSeconds,
    );
    const arrivesMs = (pause === undefined ? startMs : startEpochMs + pause.toSeconds * 1_000) + LAG_MS;
    return [{ customerId: step.customerId, plan: step.plan, startMs, endMs, arrivesMs }];
  });
}

const describe = (item: TableItem, allowed: readonly string[], startEpochMs: number): string =>
  `${String(item.customerId)} in ${String(item.region)} at ${Math.round((Number(item.acceptedAt) - startEpochMs) / 1_000)} s: ${String(item.plan)} instead of ${allowed.join(' or ')}`;
