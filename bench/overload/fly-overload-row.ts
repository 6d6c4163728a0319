import type { Configuration } from '../../blueprint/configuration';
import { ORDER_BESIDE_PROVIDER_MS } from '../../blueprint/load-shedding';
import { datumResourceName } from '../../blueprint/names';
import { isOutcome, type OrderStatus } from '../../blueprint/orders';
import { scaledAssembly, SimulatedTarget } from '../../gamedays';
import type { Assembly, AttributeMap } from '../../simulator';
import { OverloadCallers, PRIORITY_CUSTOMER_IDS } from './overload-callers';
import { endOf, figuresOf, recoveryOf, type OverloadFigures } from './overload-figures';
import {
  CAPACITY,
  DEADLINE_SECONDS,
  DROP,
  DROPPED_SHARE,
  overloadOf,
  SERVICE_MS,
  type OverloadRow,
} from './overload-row';
import { scaleOf } from './row-scale';

const WARM_UP_SECONDS = 60;
const SHORT_WARM_UP_SECONDS = 10;
/** Lambda's default quota of a region, which the bench assumes. */
const ACCOUNT_CONCURRENCY = 1_000;
/** Deviation of the logarithm of a service time whose deviation is half its mean. */
const SPREAD = Math.sqrt(Math.log(1.25));
const DRAIN_SECONDS_MIN = 60;
/** Nobody waits longer than so long after the end to see whether the region recovers. */
const RECOVERY_SECONDS_MAX = { regulator: 90, others: 600 } as const;

interface Watched {
  readonly target: SimulatedTarget;
  readonly callers: OverloadCallers;
  /** Tells the callers what has an outcome by now. */
  readonly look: () => void;
}

/** The provider takes what makes an order half a second, on average. */
function setProvider(target: SimulatedTarget, meanMs: number): void {
  target.cloud.network.faults.add('provider-time', {
    select: { to: target.regions.witness, service: 'execute-api', operation: 'POST /charges' },
    effect: { kind: 'delay', delayMs: meanMs * Math.exp(-(SPREAD ** 2) / 2), spread: SPREAD },
  });
}

/** Whatever is asked of the provider is lost on the way. */
function setOutage(target: SimulatedTarget, isOut: boolean): void {
  for (const operation of ['POST /charges', 'POST /voids']) {
    const name = `provider-outage/${operation}`;
    if (isOut) {
      const select = { to: target.regions.witness, service: 'execute-api', operation };
      target.cloud.network.faults.add(name, { select, effect: { kind: 'lose-request' } });
    } else target.cloud.network.faults.remove(name);
  }
}

/** @returns what tells the callers which orders have got an outcome since it was last called */
function watchOutcomes(target: SimulatedTarget, callers: OverloadCallers): () => void {
  const startMs = target.epochMsAt(0);
  let unseen: AttributeMap[] = [];
  target.cloud.dynamoDb.watch(datumResourceName(target.stage, 'orders'), target.regions.primary, (item) => {
    // Beside orders the table holds heartbeats, which have no status.
    const status = item?.['status']?.S as OrderStatus | undefined;
    if (status !== undefined && isOutcome(status)) unseen.push(item!);
  });
  return () => {
    for (const item of unseen) {
      const isConfirmed = item['status']?.S === 'CONFIRMED';
      callers.see(item['orderId']!.S!, isConfirmed ? (Number(item['decidedAt']?.N) - startMs) / 1_000 : undefined);
    }
    unseen = [];
  };
}

/**
 * Whether nobody who begins from now on can be served in time: more are before them than the deadline has room for, and even
 * twice as fast as they became fewer so far, they would not be done until the last caller has given up. Waiting for that
 * would take hours of a policy that admits everybody.
 * @param undecided acknowledged orders without an outcome
 * @param drainPerSecond by how many they became fewer
 */
export const isHopeless = (undecided: number, drainPerSecond: number, leftSeconds: number): boolean =>
  undecided > CAPACITY * DEADLINE_SECONDS && undecided > 2 * Math.max(0, drainPerSecond) * leftSeconds;

/**
 * Begins to watch how fast the undecided orders become fewer. Before a minute has passed chance would tell more than they
 * do, so until then it is the most that the workers can.
 */
function createDrain({ target, callers }: Watched): () => number {
  const fromSeconds = target.nowSeconds();
  const before = callers.undecided.size;
  return () => {
    const seconds = target.nowSeconds() - fromSeconds;
    return seconds < DRAIN_SECONDS_MIN ? CAPACITY : (before - callers.undecided.size) / seconds;
  };
}

function settle({ callers }: Watched): void {
  for (const order of callers.orders) {
    const doneAt = order.orderId === undefined ? undefined : callers.outcomes.get(order.orderId);
    if (doneAt !== undefined) order.doneAt = doneAt;
  }
}

/** Lets virtual time run, and looks every second at what is done. */
async function advance(watched: Watched, toSeconds: number): Promise<void> {
  while (watched.target.nowSeconds() < toSeconds) {
    await watched.target.advanceTo(Math.min(toSeconds, Math.floor(watched.target.nowSeconds() + 1)));
    watched.look();
  }
}

/** Flies one row: the app as it ships, at the scale of the bench. */
export async function flyOverloadRow(
  assembly: Assembly,
  configuration: Configuration,
  row: OverloadRow,
): Promise<OverloadFigures> {
  const counted = { wastedCalls: 0, controlWrites: 0 };
  const hasOutage = row.hasOutage === true;
  const target = new SimulatedTarget({
    assembly: scaledAssembly(assembly, scaleOf(row)),
    configuration,
    seed: row.seed,
    warmUpSeconds: row.isShort === true ? SHORT_WARM_UP_SECONDS : WARM_UP_SECONDS,
    accountConcurrency: ACCOUNT_CONCURRENCY,
    debugging: {
      traceSink: (line) => {
        if (line.includes('|UpdateItem|') && line.includes('"regulation"')) counted.controlWrites++;
      },
      // The worker's own word for a call without an answer.
      logSink: (functionName, _, line) => {
        if (functionName.endsWith('fulfilment') && line.includes('"PaymentUnknown":') && hasOutage)
          counted.wastedCalls++;
      },
    },
  });
  const callers = new OverloadCallers(target, row);
  const watched = { target, callers, look: watchOutcomes(target, callers) };
  setProvider(target, SERVICE_MS - ORDER_BESIDE_PROVIDER_MS);
  target.agreePlans(PRIORITY_CUSTOMER_IDS, 'priority');
  await target.advanceTo(0);
  let isOver = false;
  callers.start(() => isOver);
  if (row.hasDrop || hasOutage) {
    await advance(watched, DROP.fromSeconds);
    if (row.hasDrop) setProvider(target, SERVICE_MS / DROPPED_SHARE - ORDER_BESIDE_PROVIDER_MS);
    setOutage(target, hasOutage);
    await advance(watched, DROP.toSeconds);
    setProvider(target, SERVICE_MS - ORDER_BESIDE_PROVIDER_MS);
    setOutage(target, false);
  }
  const giveUp =
    endOf(row) + (row.policy === 'regulator' ? RECOVERY_SECONDS_MAX.regulator : RECOVERY_SECONDS_MAX.others);
  // A short row is over when its last order of the overload has had its chance.
  let known = endOf(row) + (row.isShort === true ? 0 : 2 * DEADLINE_SECONDS);
  const { fromSeconds, toSeconds } = overloadOf(row);
  await advance(watched, toSeconds);
  const controlWritesPerSecond = counted.controlWrites / (toSeconds - fromSeconds);
  const drainPerSecond = createDrain(watched);
  for (;;) {
    await advance(watched, known + DEADLINE_SECONDS + 1);
    settle(watched);
    if (row.isShort === true || recoveryOf(row, callers.orders, known) !== undefined || known >= giveUp) break;
    if (isHopeless(callers.undecided.size, drainPerSecond(), giveUp + DEADLINE_SECONDS - target.nowSeconds())) break;
    known += DEADLINE_SECONDS;
  }
  isOver = true;
  return figuresOf(row, callers.orders, known, {
    wastedCalls: counted.wastedCalls,
    controlWritesPerSecond,
  });
}
