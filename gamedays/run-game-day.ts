import { callerSeries } from './caller-series';
import { CHECKS } from './checks';
import { listsComplete } from './checks/lists-complete';
import { notCalledOff } from './checks/not-called-off';
import { recoveryObjectives } from './checks/recovery-objectives';
import { faultTitle, type FaultStep, type RegionRole } from './faults';
import type { GameDay, OperatorStep } from './game-day';
import type { LossSnapshot, Observations } from './observations';
import { orderOutcomes } from './order-outcomes';
import type { ActiveAlarm, CheckResult, FaultBand, GameDayResult, OrderCounts, TimelineEntry } from './result';
import { stopConditionsOf, StopWatch } from './stop-conditions';
import type { GameDayTarget, OperatorReport } from './targets/target';
import { readOrderLists, type CustomerList } from './workloads/order-lists';
import { agreePriorityPlans, OrderWorkloadRun } from './workloads/order-workload';

export interface GameDayRun {
  readonly gameDay: GameDay;
  readonly target: GameDayTarget;
  readonly seed: number;
  /** What was chosen for the run, for the reader of the result. */
  readonly parameters: GameDayResult['parameters'];
  /** The command that runs the same again. */
  readonly replay: string;
  readonly onProgress?: OnProgress;
}

/**
 * Told how far the run is, in virtual seconds.
 *
 * @param activeAlarms tells, when it is called, which alarms are in ALARM
 */
export type OnProgress = (nowSeconds: number, endSeconds: number, activeAlarms: () => readonly ActiveAlarm[]) => void;

/** How often progress is told and faults are looked at, in virtual seconds. */
const STEP_SECONDS = 10;

/** Flies the game day on the target, gathers, judges, and returns the one document that everything else reads. */
export async function runGameDay(run: GameDayRun): Promise<GameDayResult> {
  const observations = await gather(run);
  return judge(run, observations);
}

async function gather(run: GameDayRun): Promise<Observations> {
  const { gameDay, target } = run;
  agreePriorityPlans(target, gameDay.workload);
  await target.advanceTo(0);
  const workload = new OrderWorkloadRun(target, gameDay.workload);
  workload.start(gameDay.durationSeconds);
  const { loss, operatorReports, calledOff } = await flyMoments(run, workload);
  await advance(run, gameDay.durationSeconds);
  const pending = (): string | undefined => workload.pending() ?? target.pending();
  const endSeconds = gameDay.durationSeconds + gameDay.convergenceSecondsMax;
  while (pending() !== undefined && target.nowSeconds() < endSeconds) {
    await advance(run, Math.min(endSeconds, target.nowSeconds() + STEP_SECONDS));
  }
  const convergedAfterSeconds = target.nowSeconds() - gameDay.durationSeconds;
  // What is asked of the system from here on, and its own heartbeat, are no reason to call it restless.
  const pendingAtLast = pending();
  const orderLists = await readLists(run, workload);
  const { primary, standby, witness } = target.regions;
  const replicas = new Map([
    [primary, await target.readOrders(primary)],
    [standby, await target.readOrders(standby)],
  ]);
  return {
    gameDay,
    stage: target.stage,
    configuration: target.configuration,
    regions: { primary, standby, witness },
    placedOrders: workload.orders,
    replicas,
    ledger: await target.readLedgers(),
    auditRecords: await target.readAuditRecords(),
    ...(loss === undefined ? {} : { loss }),
    ...(orderLists === undefined ? {} : { orderLists }),
    pending: pendingAtLast,
    convergedAfterSeconds,
    ...(calledOff === undefined ? {} : { calledOff }),
    record: target.record(),
    operatorReports,
    startEpochMs: target.epochMsAt(0),
  };
}

type Flown = Pick<Observations, 'loss' | 'operatorReports' | 'calledOff'>;

/** Everything that is done to the system, in its order, until the day is over or called off. */
async function flyMoments(run: GameDayRun, { orders }: OrderWorkloadRun): Promise<Flown> {
  const { gameDay, target } = run;
  const operatorReports: OperatorReport[] = [];
  const stopWatch = new StopWatch(gameDay, target, orders);
  const atWork = new Set<FaultStep>();
  let loss: LossSnapshot | undefined;
  let reason: string | undefined;
  const advanceTo = async (seconds: number): Promise<boolean> => {
    await advance(run, seconds, () => (reason ??= stopWatch.look()) !== undefined);
    return reason === undefined;
  };
  for (const moment of momentsOf(gameDay)) {
    if (!(await advanceTo(moment.atSeconds))) break;
    switch (moment.kind) {
      case 'start':
        loss ??= await snapshot(target, moment.step);
        target.apply(moment.step);
        atWork.add(moment.step);
        break;
      case 'end':
        target.heal(moment.step);
        atWork.delete(moment.step);
        break;
      case 'command':
        // Not awaited: it ends when time has run on.
        target.operate(moment.step).then(
          (report) => operatorReports.push(report),
          (error: unknown) => target.fail(error),
        );
    }
  }
  if (reason === undefined) await advanceTo(gameDay.durationSeconds);
  for (const step of atWork) target.heal(step);
  return {
    operatorReports,
    ...(loss === undefined ? {} : { loss }),
    ...(reason === undefined ? {} : { calledOff: { atSeconds: target.nowSeconds(), reason } }),
  };
}

/** Every customer's list, after everything else, where a check asks for it. */
async function readLists(run: GameDayRun, { orders }: OrderWorkloadRun): Promise<readonly CustomerList[] | undefined> {
  const { target, gameDay } = run;
  if (!gameDay.expectations.checks.includes(listsComplete.id)) return undefined;
  const customerIds = [...new Set(orders.map(({ customerId }) => customerId))].sort();
  const read: (readonly CustomerList[])[] = [];
  readOrderLists(target, customerIds).then(
    (lists) => read.push(lists),
    (error: unknown) => target.fail(error),
  );
  while (read.length === 0) await advance(run, target.nowSeconds() + STEP_SECONDS);
  return read[0];
}

type Moment = { readonly atSeconds: number } & (
  | { readonly kind: 'start' | 'end'; readonly step: FaultStep }
  | { readonly kind: 'command'; readonly step: OperatorStep }
);

function momentsOf({ faults, operatorSteps = [] }: GameDay): Moment[] {
  const ofFaults = faults.flatMap((step): Moment[] => [
    { kind: 'start', atSeconds: step.fromSeconds, step },
    { kind: 'end', atSeconds: step.toSeconds, step },
  ]);
  const ofOperator = operatorSteps.map((step): Moment => ({ kind: 'command', atSeconds: step.atSeconds, step }));
  return [...ofFaults, ...ofOperator].sort((left, right) => left.atSeconds - right.atSeconds);
}

/** @param isOver looks at the world after each step, and says whether to go no further */
async function advance(run: GameDayRun, toSeconds: number, isOver?: () => boolean): Promise<void> {
  const { target, gameDay, onProgress } = run;
  while (target.nowSeconds() < toSeconds) {
    await target.advanceTo(Math.min(toSeconds, target.nowSeconds() + STEP_SECONDS));
    onProgress?.(target.nowSeconds(), gameDay.durationSeconds, () => target.activeAlarms());
    if (isOver?.() === true) return;
  }
}

/** The region that cannot serve while the step lasts, where that is so by its nature. */
function lostRegion(step: FaultStep): RegionRole | undefined {
  if (step.fault === 'isolate-region') return step.region;
  const isDead =
    step.fault === 'fail-service' && step.service === 'dynamodb' && step.answer === 'down' && step.share === 1;
  return isDead && step.region !== 'witness' ? step.region : undefined;
}

/** The world at the instant before the step, if it takes a region away. */
async function snapshot(target: GameDayTarget, step: FaultStep): Promise<LossSnapshot | undefined> {
  const role = lostRegion(step);
  if (role === undefined) return undefined;
  const region = target.regions[role];
  const survivor = target.regions[role === 'primary' ? 'standby' : 'primary'];
  return {
    epochMs: target.epochMsAt(target.nowSeconds()),
    region,
    survivor,
    lostReplica: await target.readOrders(region),
    survivingReplica: await target.readOrders(survivor),
  };
}

function judge(run: GameDayRun, observations: Observations): GameDayResult {
  const { gameDay, seed, parameters, replay } = run;
  const canStop = stopConditionsOf(gameDay).length > 0;
  const asked = [...gameDay.expectations.checks, ...(canStop ? [notCalledOff.id] : [])];
  const checks = asked.map((id) => judgeOne(id, observations));
  const { record, regions } = observations;
  return {
    schemaVersion: 1,
    gameDay: {
      name: gameDay.name,
      title: gameDay.title,
      hypothesis: gameDay.hypothesis,
      durationSeconds: gameDay.durationSeconds,
    },
    seed,
    parameters,
    regions,
    verdict: checks.every((check) => check.verdict === 'pass') ? 'pass' : 'fail',
    checks,
    recovery: recoveryObjectives(observations),
    orders: countOrders(observations),
    faults: faultBands(observations),
    timeline: [...record.timeline, ...operatorEntries(observations), ...callOffEntries(observations)].sort(byTime),
    alarms: record.alarms,
    notifications: record.notifications,
    dnsAnswers: record.dnsAnswers,
    series: [...callerSeries(observations), ...record.series],
    trace: record.trace,
    ...(record.cost === undefined ? {} : { cost: record.cost }),
    ...(record.grants === undefined
      ? {}
      : { access: { grants: record.grants, denials: [...new Set(record.accessDenials)] } }),
    replay,
  };
}

/** A drill that is called off ends its faults, and does not begin any more. */
function faultBands({ gameDay, regions, calledOff }: Observations): FaultBand[] {
  const { atSeconds = Infinity } = calledOff ?? {};
  return gameDay.faults
    .filter(({ fromSeconds }) => fromSeconds < atSeconds)
    .map((step) => toBand({ ...step, toSeconds: Math.min(step.toSeconds, atSeconds) }, regions));
}

function callOffEntries({ calledOff }: Observations): TimelineEntry[] {
  if (calledOff === undefined) return [];
  return [{ atSeconds: calledOff.atSeconds, kind: 'milestone', text: `The drill is called off: ${calledOff.reason}` }];
}

function operatorEntries({ operatorReports, startEpochMs }: Observations): TimelineEntry[] {
  const at = (epochMs: number): number => (epochMs - startEpochMs) / 1_000;
  return operatorReports.flatMap(({ command, region, outcome, startMs, endMs }): TimelineEntry[] => [
    { atSeconds: at(startMs), kind: 'operator', text: `Runs ${command}`, region },
    { atSeconds: at(endMs), kind: 'operator', text: `${command}: ${outcome}`, region },
  ]);
}

const byTime = (left: TimelineEntry, right: TimelineEntry): number => left.atSeconds - right.atSeconds;

function judgeOne(id: string, observations: Observations): CheckResult {
  const check = CHECKS.get(id);
  if (check === undefined) throw new Error(`The game day asks for the check "${id}", which does not exist.`);
  const { verdict, measured, bar, details } = check.judge(observations);
  const title = verdict === 'pass' ? check.title : check.failureTitle;
  return { id, verdict, title, description: check.description, measured, bar, details: (details ?? []).slice(0, 10) };
}

function countOrders(observations: Observations): OrderCounts {
  const { statusByRegion, acknowledged, charges } = orderOutcomes(observations);
  // The survivor's view is as good as the other's once the replicas are equal; a check of its own sees to that.
  const final = [...statusByRegion].map(([orderId, statuses]) => ({ orderId, status: [...statuses.values()][0] }));
  const count = (status: string): number => final.filter((order) => order.status === status).length;
  const open = new Set(final.filter((order) => order.status === 'PENDING').map((order) => order.orderId));
  return {
    offered: observations.placedOrders.length,
    acknowledged: acknowledged.size,
    refused: observations.placedOrders.filter((order) => order.refusedStatus !== undefined).length,
    confirmed: count('CONFIRMED'),
    rejected: count('REJECTED'),
    expired: count('EXPIRED'),
    lost: [...acknowledged].filter((orderId) => open.has(orderId) || !statusByRegion.has(orderId)).length,
    charges: [...charges.values()].reduce((sum, charged) => sum + charged, 0),
  };
}

/** A fault as the result shows it. */
export function toBand(step: FaultStep, regions: Observations['regions']): FaultBand {
  return {
    name: step.fault,
    title: faultTitle(step),
    fromSeconds: step.fromSeconds,
    toSeconds: step.toSeconds,
    ...('region' in step && step.region !== 'routing' ? { region: regions[step.region] } : {}),
  };
}
