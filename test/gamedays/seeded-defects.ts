import type { LoadSheddingPolicy } from '../../blueprint/load-shedding';
import type { GameDay } from '../../gamedays';
import { bothRegionsWrite } from '../../gamedays/scenarios/both-regions-write';
import { bothSwitchesSet } from '../../gamedays/scenarios/both-switches-set';
import { capacityTest } from '../../gamedays/scenarios/capacity-test';
import { concurrencyExhausted } from '../../gamedays/scenarios/concurrency-exhausted';
import { deadDependency } from '../../gamedays/scenarios/dead-dependency';
import { evacuationDrill } from '../../gamedays/scenarios/evacuation-drill';
import { healthPathFlood } from '../../gamedays/scenarios/health-path-flood';
import { lostReplies } from '../../gamedays/scenarios/lost-replies';
import { flappingChecks } from '../../gamedays/scenarios/flapping-checks';
import { metastableDrop } from '../../gamedays/scenarios/metastable-drop';
import { observerLost } from '../../gamedays/scenarios/observer-lost';
import { overload } from '../../gamedays/scenarios/overload';
import { overloadedSurvivor } from '../../gamedays/scenarios/overloaded-survivor';
import { peerPartition } from '../../gamedays/scenarios/peer-partition';
import { poisonMessage } from '../../gamedays/scenarios/poison-message';
import { publicFlood } from '../../gamedays/scenarios/public-flood';
import { regionLoss } from '../../gamedays/scenarios/region-loss';
import { shedByHand } from '../../gamedays/scenarios/shed-by-hand';
import { stalePlans } from '../../gamedays/scenarios/stale-plans';
import {
  deletingFailedMessages,
  editBundles,
  editTemplates,
  mapJson,
  withLedgerPerRegion,
  withoutIdempotencyCondition,
  type Defect,
} from './defects';
import {
  askingTheObserver,
  askingThePeer,
  askingTheRegulator,
  withoutHealthReservation,
  withoutSwitch,
  withSharedApi,
  withThrottledHealth,
  withTtlOfAnHour,
  withUncheckedPrimary,
  withUncheckedStandby,
} from './routing-defects';

/** A known bug, and what must find it. */
export interface SeededDefect {
  readonly name: string;
  readonly plant: Defect;
  /** The check that must turn red, or `DEPLOYMENT`. */
  readonly check: string;
  /** The drill that is flown, with one seed after the other. @default - runs of the swarm */
  readonly gameDay?: GameDay;
}

/** An answer of the provider's that was never asked for. */
const VOID_UNASKED = /=(\w+)=>\w+\("\/voids",\1\)/g;

/** Of the entries of an order in a customer's list, the one that stands for it. */
const EARLIEST_ENTRY = /\w+\((\w+)\)\?\.region===\w+\.region\?\[\1\]:\[\]/g;

const withoutSweeper: Defect = (plan) =>
  editTemplates(plan, ({ template }) =>
    mapJson(template, (value, path) => (path.endsWith('ScheduleExpression') ? 'rate(365 days)' : value)),
  );

const withoutDeadLetterAlarm: Defect = (plan) =>
  editTemplates(plan, ({ template }) =>
    mapJson(template, (value, path) => (/dead-?letters.*\/Threshold$/i.test(path) ? 1_000_000 : value)),
  );

const bundle =
  (text: string | RegExp, replacement: string): Defect =>
  (plan) =>
    editBundles(plan, text, replacement);

/** Another policy of load shedding than the one that is deployed. */
const withLoadShedding =
  (changes: Partial<LoadSheddingPolicy>): Defect =>
  (plan) =>
    editTemplates(plan, ({ template }) =>
      mapJson(template, (value, path) =>
        path.endsWith('/Variables/LOAD_SHEDDING')
          ? JSON.stringify({ ...(JSON.parse(String(value)) as LoadSheddingPolicy), ...changes })
          : value,
      ),
    );

const withoutRegulation = withLoadShedding({ admission: 'none', dropsLateWork: false, sharesBreaker: false });

/** Not a check of a run: the system does not even come up. */
export const DEPLOYMENT = 'deployment';

export const SEEDED_DEFECTS: readonly SeededDefect[] = [
  { name: 'no idempotency condition', plant: withoutIdempotencyCondition, check: 'accepted-once' },
  {
    name: 'message deleted although the reply was lost',
    plant: deletingFailedMessages,
    check: 'nothing-expired',
    gameDay: lostReplies,
  },
  {
    name: 'visibility timeout below the function’s',
    plant: (plan) =>
      editTemplates(plan, ({ template }) =>
        mapJson(template, (value, path) => (path.endsWith('/VisibilityTimeout') ? 1 : value)),
      ),
    check: DEPLOYMENT,
  },
  {
    name: 'void of an order that may be another region’s',
    plant: bundle(/\w+\.isInDoubt\|\|(\w+\.isProviderDown)/g, '$1'),
    check: 'expired-only-in-flight',
    gameDay: deadDependency,
  },
  { name: 'no sweeper', plant: withoutSweeper, check: 'converged' },
  {
    name: 'grant of the takeover removed',
    plant: (plan) =>
      editTemplates(plan, ({ template }) =>
        mapJson(template, (value, path) =>
          path.includes('Sweeper') && path.includes('/Action') && value === 'dynamodb:Query' ? 'none:Nothing' : value,
        ),
      ),
    check: 'no-access-denied',
  },
  {
    name: 'calls without a timeout',
    plant: bundle(/throwOnRequestTimeout:!0/g, 'throwOnRequestTimeout:!1'),
    check: 'no-function-timed-out',
  },
  {
    name: 'void skipped, by sweeper and worker',
    plant: bundle(VOID_UNASKED, '=$1=>Promise.resolve("VOIDED")'),
    check: 'charged-exactly-when-confirmed',
  },
  {
    name: 'two writers of one item',
    plant: bundle(
      /(\w+)=>\(\{orderId:\{S:\1\},region:\{S:\w+\(\)\}\}\)/g,
      '$1=>({orderId:{S:$1},region:{S:process.env.PEER_REGION??process.env.AWS_REGION}})',
    ),
    check: 'converged',
  },
  {
    name: 'the region is part of the key of the payment',
    plant: bundle(/key:(\w+)\.orderId,/g, 'key:$1.orderId+"-"+process.env.AWS_REGION,'),
    check: 'charged-exactly-when-confirmed',
  },
  {
    name: 'a ledger in each region',
    plant: withLedgerPerRegion('us-west-2'),
    check: 'charged-exactly-when-confirmed',
    gameDay: regionLoss,
  },
  {
    name: 'a drop margin that grows when the provider is slow, and never shrinks',
    plant: (plan) =>
      editBundles(
        editBundles(plan, 'chargeMarginMs:500', 'get chargeMarginMs(){return globalThis.latched?16e3:500}'),
        'name="PaymentUnknownError"',
        'name=(globalThis.latched=!0,"PaymentUnknownError")',
      ),
    check: 'served-after-healing',
  },
  {
    name: 'a list that shows the order of two regions twice',
    plant: bundle(EARLIEST_ENTRY, '[$1]'),
    check: 'lists-complete',
    gameDay: bothRegionsWrite,
  },
  {
    name: 'deep check made shallow',
    plant: bundle('==="ready"?200:503', '==="ready"?200:200'),
    check: 'recovery-time',
    gameDay: deadDependency,
  },
  { name: 'TTL of an hour', plant: withTtlOfAnHour, check: 'recovery-time', gameDay: regionLoss },
  {
    name: 'health and switch share the public API',
    plant: withSharedApi,
    check: 'dns-follows-the-operator',
    gameDay: publicFlood,
  },
  {
    name: 'a throttle on the health API',
    plant: withThrottledHealth,
    check: 'dns-follows-the-operator',
    gameDay: healthPathFlood,
  },
  {
    name: 'no execution is reserved for health',
    plant: withoutHealthReservation,
    check: 'dns-follows-the-operator',
    gameDay: concurrencyExhausted,
  },
  {
    name: 'a region that has not heard of its peer calls itself sick',
    plant: askingThePeer,
    check: 'dns-follows-the-operator',
    gameDay: peerPartition,
  },
  {
    name: 'a region that calls itself sick while the observer is silent',
    plant: askingTheObserver,
    check: 'dns-follows-the-operator',
    gameDay: observerLost,
  },
  {
    name: 'a switch that nobody reads',
    plant: withoutSwitch,
    check: 'operator-commands-worked',
    gameDay: evacuationDrill,
  },
  {
    name: 'a standby whose record has no health check',
    plant: withUncheckedStandby,
    check: 'dns-follows-the-operator',
    gameDay: bothSwitchesSet,
  },
  {
    name: 'a primary whose record has no health check',
    plant: withUncheckedPrimary,
    check: 'expected-alarms-fired',
    gameDay: flappingChecks,
  },
  {
    name: 'a plan that is read once and never again',
    plant: bundle('planCacheMs:6e4', 'planCacheMs:6e9'),
    check: 'plans-follow-the-writer',
    gameDay: stalePlans,
  },
  {
    name: 'a regulator that believes in half of the workers',
    plant: withLoadShedding({ workers: 1 }),
    check: 'knee-as-predicted',
    gameDay: capacityTest,
  },
  {
    name: 'an override that nobody honours',
    plant: bundle(/\.until>(\w+)\?/g, '.until>$1+1e15?'),
    check: 'override-followed',
    gameDay: shedByHand,
  },
  {
    name: 'no regulation while the provider is slow',
    plant: withoutRegulation,
    check: 'calm-again',
    gameDay: metastableDrop,
  },
  { name: 'no regulation in a storm', plant: withoutRegulation, check: 'important-orders-first', gameDay: overload },
  {
    name: 'a survivor that believes in half of its workers',
    plant: withLoadShedding({ workers: 1 }),
    check: 'survivor-keeps-serving',
    gameDay: overloadedSurvivor,
  },
  {
    name: 'a region that calls itself sick while it refuses',
    plant: askingTheRegulator,
    check: 'survivor-stays-in-dns',
    gameDay: overloadedSurvivor,
  },
  {
    name: 'dead-letter queue without an alarm',
    plant: withoutDeadLetterAlarm,
    check: 'expected-alarms-fired',
    gameDay: poisonMessage,
  },
];
