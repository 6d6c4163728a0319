import type { LoadSheddingPolicy } from '../../../blueprint/load-shedding';
import { ORDER_CLASSES, type OrderClass, type PerClass } from '../../../blueprint/priorities';
import {
  HISTORY_MS,
  initialState,
  type AdmissionInterval,
  type RegulationCounters,
  type RegulationState,
  WORK_TICKS,
  workCounts,
  type WorkCounts,
} from './regulation-state';

/** A state that has not advanced for so many ticks says nothing of the present. */
const FORGOTTEN_TICKS = 5;
/** Below this a class counts as being shed, and nothing is admitted below it. */
const OPEN_ENOUGH = 0.98;
/** Share of the newest sample in the smoothed service time, and in the smoothed demand. */
const SERVICE_WEIGHT = 0.5;
const DEMAND_WEIGHT = 0.6;
/** Two calls in vain beside one decided order say nothing of what orders take: so many decided ones do. */
const SAMPLE_MIN = 3;
/** Without samples the service time returns to what was planned by this share a tick, so no estimate lives for ever. */
const FORGETTING = 0.1;
/** An order never counts as slower than this many times what was planned, nor as faster than a fifth of it. */
const SERVICE_FACTOR_MAX = 20;
const SERVICE_FACTOR_MIN = 0.2;
/**
 * Cohorts are opened for so much more than is to be admitted, for the tokens hold it exactly. What they are opened for rests on
 * a demand of a second or two ago, and workers would idle whenever that falls: most of all when an overload ends.
 */
const COHORT_FACTOR = 1.25;
/**
 * So many orders of a class may come within a second of calm, however small the region is: what chance brings together is
 * no overload, and the queue takes it.
 */
const CREDITS_IN_CALM_MIN = 8;
/** Orders a second that are let in whatever is wrong, or a small region would learn too late that it no longer is. */
const CAPACITY_MIN = 0.5;
/** Environments may not have heard yet that they are to tell what they count: after so long they have. */
const HEARD_MS = 1_500;
/** Whoever waits less than this waits for nobody. */
const IDLE_SOJOURN_MS = 50;
/**
 * How long an order takes is measured, how many workers there are is not. A tick that refuses while nobody waits believes in more
 * of them, by this share of those that are planned, and up to half as many again.
 */
const SPARE_STEP = 0.05;
const SPARE_MAX = 0.5;
/** Workers that are not there show in the wait: of what is believed beyond the plan, a tick then gives up this share. */
const SPARE_FORGETTING = 0.2;
/** A wait of so many targets is more than a right belief leaves. */
const TOO_LONG = 1.5;
/** From this share of the capacity on, demand alone is pressure. */
const PRESSURE_UTILISATION = 0.85;

const perClass = (of: (orderClass: OrderClass) => number): PerClass<number> => [of(0), of(1), of(2)];
const sum = (values: PerClass<number>): number => values[0] + values[1] + values[2];

/** Whether the state says anything of the present. */
export const isCurrent = (
  { tickMs }: LoadSheddingPolicy,
  state: RegulationState | undefined,
  now: number,
): state is RegulationState => state !== undefined && Math.abs(now - state.at) <= FORGOTTEN_TICKS * tickMs;

/**
 * Advance the control state by one tick: the regulator as a pure function.
 *
 * ```
 * mu     = workers (1 + spare) / service time, times what the breaker lets through
 * N_<=k  = A(t) - A(t - sojourn): whatever was admitted since the head of the line was, still waits
 * R_<=k  = max(floor_k, mu + (mu tau_k - N_<=k) / Tc)
 * cap_k  = 0 while class k-1 is being shed, else R_<=k - what the classes above take
 * f_k    = min(1, 1.25 cap_k / lambda_k), and cap_k tokens a second
 * ```
 *
 * The deviation of the backlog is worked off within Tc, and capacity is fed forward, so there is no integrator that could
 * wind up. A delayed loop of first order does not overshoot while its delay is below Tc / e.
 *
 * @param previous undefined, or forgotten for more than five ticks: then regulation begins anew, open
 * @param throughput the share of the capacity that the payment provider's breaker lets through
 */
export function nextState(
  policy: LoadSheddingPolicy,
  previous: RegulationState | undefined,
  counters: RegulationCounters,
  now: number,
  throughput = 1,
): RegulationState {
  const isKnown = isCurrent(policy, previous, now);
  const last = isKnown ? previous : initialState(policy, now - policy.tickMs);
  // Clocks of environments differ: two ticks that seem to be at one instant were about one tick apart all the same.
  const seconds = Math.max(policy.tickMs / 2, now - last.at) / 1_000;
  const serviceMs = serviceTime(policy, last, counters);
  const spare = throughput < 1 ? last.spare : spareWorkers(policy, last, counters, now);
  const capacity = Math.max(CAPACITY_MIN, ((policy.workers * (1 + spare) * 1_000) / serviceMs) * throughput);
  const history = [...last.history, { at: now, admitted: counters.admitted }].filter(({ at }) => at > now - HISTORY_MS);
  const backlog = backlogOf(policy, isKnown ? history : [], counters, capacity, now);
  const demand = perClass((each) => demandOf(each, last, counters, seconds));
  const capped = capsOf(policy, capacity, backlog, demand);
  const open = openShares(demand, capped);
  const isPressed =
    throughput < 1 ||
    open[2] < 1 ||
    sum(backlog) > (0.5 * capacity * policy.delayTargetMs[2]) / 1_000 ||
    sum(demand) > PRESSURE_UTILISATION * capacity;
  // Who knows no demand yet shares the credits of all classes, or the first seconds would admit three times too much.
  const creditShare = isKnown && now - (last.history[0]?.at ?? now) >= HEARD_MS ? 1 : 1 / ORDER_CLASSES.length;
  return {
    at: now,
    serviceMs,
    spare,
    demand,
    open,
    credits: perClass((each) => {
      const planned = Math.max(0, (creditShare * capped[each] * policy.tickMs) / 1_000);
      const credit = isKnown && isPressed ? planned : Math.max(CREDITS_IN_CALM_MIN, planned);
      // Less than one cannot be leased. Left out, a region at a hundredth of its capacity would never again admit the order
      // by which its workers could find out that the provider is back.
      return credit + (isKnown && last.credits[each] < 1 ? last.credits[each] : 0);
    }),
    backlog,
    capacity,
    history,
    // What nobody has taken away since the last tick, long ago, is of that time: the failures as much as the answers, or a
    // quiet region would remember nothing but failures.
    work: isKnown ? [...last.work, workCounts(counters)].slice(-WORK_TICKS) : [],
    isPressed,
  };
}

/** A class that is not asked for is open only as far as the one above it, so that no class ever overtakes another. */
function openShares(demand: PerClass<number>, caps: PerClass<number>): PerClass<number> {
  const share = (each: OrderClass): number =>
    demand[each] <= COHORT_FACTOR * caps[each] ? 1 : (COHORT_FACTOR * caps[each]) / demand[each];
  const first = share(0);
  const second = Math.min(first, share(1));
  return [first, second, Math.min(second, share(2))];
}

/** What an order takes of a worker: the time of every try, also of those in vain, over the orders that were decided. */
function serviceTime(policy: LoadSheddingPolicy, last: RegulationState, counters: RegulationCounters): number {
  const { nominalServiceMs: nominal } = policy;
  const sampleMs = sampleOf([...last.work, workCounts(counters)]);
  // While nobody waits, workers that are found to be faster need more work at once; slower ones will show soon enough.
  const isIdle = counters.sojourn !== undefined && counters.sojourn.ms < IDLE_SOJOURN_MS;
  const weight = isIdle && sampleMs < last.serviceMs ? 1 : SERVICE_WEIGHT;
  const estimate =
    counters.decided > 0
      ? (1 - weight) * last.serviceMs + weight * sampleMs
      : last.serviceMs + FORGETTING * (nominal - last.serviceMs);
  return Math.min(SERVICE_FACTOR_MAX * nominal, Math.max(SERVICE_FACTOR_MIN * nominal, estimate));
}

/** Workers beyond those that are planned, as a share of them. */
function spareWorkers(
  { delayTargetMs, tickMs }: LoadSheddingPolicy,
  { spare, open }: RegulationState,
  { sojourn }: RegulationCounters,
  now: number,
): number {
  const isNew = sojourn !== undefined && now - sojourn.at <= 2 * tickMs;
  if (isNew && sojourn.ms > TOO_LONG * delayTargetMs[0]) return (1 - SPARE_FORGETTING) * spare;
  const isIdle = isNew && sojourn.ms < IDLE_SOJOURN_MS && open[2] < 1;
  return Math.min(SPARE_MAX, isIdle ? spare + SPARE_STEP : spare);
}

/** Over the newest ticks that have decided enough, or all there are. A small region decides one order a tick. */
function sampleOf(work: readonly WorkCounts[]): number {
  let [sumDecided, sumBusyMs] = [0, 0];
  for (let index = work.length - 1; index >= 0 && sumDecided < SAMPLE_MIN; index--) {
    const [decided, , busyMs] = work[index]!;
    sumDecided += decided;
    sumBusyMs += busyMs;
  }
  return sumBusyMs / Math.max(1, sumDecided);
}

/** What still waits: what was admitted since the message that was received last had been sent. */
function backlogOf(
  policy: LoadSheddingPolicy,
  history: readonly AdmissionInterval[],
  { sojourn }: RegulationCounters,
  capacity: number,
  now: number,
): PerClass<number> {
  // A worker that reported seconds ago had nothing to do since, or is busy with what it reported about.
  if (sojourn === undefined || now - sojourn.at > FORGOTTEN_TICKS * policy.tickMs) return [0, 0, 0];
  const since = sojourn.at - sojourn.ms;
  const known = history.length > 1 ? history[0]!.at : now;
  // Until the history is as long as the wait, the wait itself says how much there was, by no class in particular.
  const unknown = (Math.max(0, known - since) / 1_000) * capacity;
  const waiting = perClass((each) => {
    let admitted = 0;
    for (let index = 1; index < history.length; index++) {
      const { at, admitted: counted } = history[index]!;
      const lengthMs = Math.max(1, at - history[index - 1]!.at);
      admitted += counted[each] * Math.min(1, Math.max(0, at - since) / lengthMs);
    }
    return admitted + unknown / ORDER_CLASSES.length;
  });
  // What was worked since the worker looked. The newest counts are the ones that come late, so this is no double count.
  const worked = (Math.max(0, now - sojourn.at) / 1_000) * capacity;
  const all = sum(waiting);
  return all <= worked ? [0, 0, 0] : perClass((each) => (waiting[each] * (all - worked)) / all);
}

/** Orders of the class that want to be admitted a second. */
function demandOf(each: OrderClass, last: RegulationState, counters: RegulationCounters, seconds: number): number {
  const offered = counters.offered[each] / seconds;
  // Nobody wants more than is asked for, repeats included: when a flood ends, what it has left behind ends at once.
  const known = Math.min(last.demand[each], offered + 2 * Math.sqrt(offered / seconds) + 1);
  const openShare = last.open[each];
  // A closed class shows nothing more of its demand.
  if (openShare < 0.01) return last.demand[each] === 0 ? offered : known;
  const sample = Math.min(offered, counters.passed[each] / openShare / seconds);
  // It jumps up at once, but not for what chance alone brings now and then.
  const expected = known * openShare * seconds;
  if (counters.passed[each] > 1.5 * expected + 2 * Math.sqrt(expected) + 1) return sample;
  return known + DEMAND_WEIGHT * (sample - known);
}

/** Orders of each class to admit a second. */
function capsOf(
  policy: LoadSheddingPolicy,
  capacity: number,
  backlog: PerClass<number>,
  demand: PerClass<number>,
): PerClass<number> {
  if (policy.admission === 'backlog-threshold') {
    const cap = sum(backlog) > (capacity * policy.backlogMsMax) / 1_000 ? 0 : Number.MAX_SAFE_INTEGER;
    return [cap, cap, cap];
  }
  const caps: [number, number, number] = [0, 0, 0];
  let waiting = 0;
  let used = 0;
  let isShed = false;
  for (const each of ORDER_CLASSES) {
    waiting += backlog[each];
    if (isShed) break;
    const target = (capacity * policy.delayTargetMs[each]) / 1_000;
    const rate = capacity + (target - waiting) / (policy.correctionMs / 1_000);
    const floor = each === 0 ? policy.floorShare * capacity : 0;
    caps[each] = Math.max(floor, rate - used, 0);
    used += Math.min(demand[each], caps[each]);
    isShed = caps[each] < OPEN_ENOUGH * demand[each];
  }
  return caps;
}
