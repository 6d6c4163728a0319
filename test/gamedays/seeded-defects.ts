import type { LoadSheddingPolicy } from '../../blueprint/load-shedding';
import type { GameDay } from '../../gamedays';
import { bothRegionsWrite } from '../../gamedays/scenarios/both-regions-write';
import { bothSwitchesSet } from '../../gamedays/scenarios/both-switches-set';
import { capacityTest } from '../../gamedays/scenarios/capacity-test';
import { concurrencyExhausted } from '../../gamedays/scenarios/concurrency-exhausted';
import { deadDependency } from '../../gamedays/scenarios/dead-dependency';
import { healthPathFlood } from '../../gamedays/scenarios/health-path-flood';
import { lostReplies } from '../../gamedays/scenarios/lost-replies';
import { metastableDrop } from '../../gamedays/scenarios/metastable-drop';
import { overload } from '../../gamedays/scenarios/overload';
import { overloadedSurvivor } from '../../gamedays/scenarios/overloaded-survivor';
import { peerPartition } from '../../gamedays/scenarios/peer-partition';
import { poisonMessage } from '../../gamedays/scenarios/poison-message';
import { publicFlood } from '../../gamedays/scenarios/public-flood';
import { regionLoss } from '../../gamedays/scenarios/region-loss';
import { shedByHand } from '../../gamedays/scenarios/shed-by-hand';
import { stalePlans } from '../../gamedays/scenarios/stale-plans';
import type { Template } from '../../simulator';
import {
  deletingFailedMessages,
  editBundles,
  editTemplates,
  mapJson,
  withLedgerPerRegion,
  withoutIdempotencyCondition,
  type Defect,
} from './defects';

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

const withTtlOfAnHour: Defect = (plan) =>
  editTemplates(plan, ({ template }) => mapJson(template, (value, path) => (path.endsWith('/TTL') ? '3600' : value)));

const withoutDeadLetterAlarm: Defect = (plan) =>
  editTemplates(plan, ({ template }) =>
    mapJson(template, (value, path) => (/dead-?letters.*\/Threshold$/i.test(path) ? 1_000_000 : value)),
  );

/** Health and switch become routes of the public API, under one throttle for all of the stage. */
const withSharedApi: Defect = (plan) =>
  editTemplates(plan, ({ template }) => {
    const ids = Object.keys(template.Resources);
    const idOf = (start: string): string | undefined => ids.find((id) => new RegExp(`^${start}[0-9A-F]{8}$`).test(id));
    const [publicApi, healthApi, healthStage] = [idOf('PublicApi'), idOf('HealthApi'), idOf('HealthApiDefaultStage')];
    if (publicApi === undefined || healthApi === undefined || healthStage === undefined) return template;
    const Resources = Object.fromEntries(Object.entries(template.Resources).filter(([id]) => id !== healthStage));
    return mapJson<Template>({ ...template, Resources }, (value, path) => {
      if (path.endsWith('/Ref') && value === healthApi) return publicApi;
      if (!path.endsWith('/Properties') || !path.includes('PublicApiDefaultStage')) return value;
      const { RouteSettings: _, ...stage } = value as Record<string, unknown>;
      return { ...stage, DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 4 } };
    });
  });

/** One throttle for all that the health API is asked, wrong paths included. */
const withThrottledHealth: Defect = (plan) =>
  editTemplates(plan, ({ template }) =>
    mapJson(template, (value, path) =>
      /\/HealthApiDefaultStage[^/]*\/Properties$/.test(path)
        ? { ...(value as object), DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 10 } }
        : value,
    ),
  );

const isOfHealthFunction = (path: string): boolean => /\/HealthFunction[^/]*\/Properties$/.test(path);

function withoutReservation(value: unknown): unknown {
  const { ReservedConcurrentExecutions: _, ...properties } = value as Record<string, unknown>;
  return properties;
}

function uncheckedRecord(value: unknown): unknown {
  const { HealthCheckId: _, ...properties } = value as Record<string, unknown>;
  return properties;
}

/** The read of the region's own heartbeat, by which it knows that its table answers. */
const HEARTBEAT_READ =
  /await (\w+)\.send\(new (\w+)\(\{TableName:(\w+\("ORDERS_TABLE"\)),Key:\{orderId:\{S:(\w+)\((\w+)\)\},region:\{S:\5\}\},ProjectionExpression:"orderId"\}\)\)/g;
const ASKING_THE_PEER = [
  'const peer=$5==="us-east-1"?"us-west-2":"us-east-1"',
  'const beat=(await $1.send(new $2({TableName:$3,Key:{orderId:{S:$4(peer)},region:{S:peer}}}))).Item?.beatAt?.N',
  'if(beat!==undefined&&Date.now()-Number(beat)>75000)throw new Error("The peer is silent.")',
].join(';');

/** The read of the region's own switch, by which it knows whether it is evacuated. */
const SWITCH_READ =
  /let\{Item:(\w+)\}=await (\w+)\.send\(new (\w+)\(\{TableName:(\w+)\("STATE_TABLE"\),Key:\{\[(\w+)\]:\{S:\w+\(\w+\)\}\},ConsistentRead:!0\}\)\)/g;
const ASKING_THE_REGULATOR = [
  '$&;const load=(await $2.send(new $3({TableName:$4("STATE_TABLE"),Key:{[$5]:{S:"regulation"}}}))).Item',
  'if(Number(load?.pressedUntil?.N)>Date.now())throw new Error("There is too much to do.")',
].join(';');

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
    plant: (plan) =>
      editTemplates(plan, ({ template }) =>
        mapJson(template, (value, path) => (isOfHealthFunction(path) ? withoutReservation(value) : value)),
      ),
    check: 'dns-follows-the-operator',
    gameDay: concurrencyExhausted,
  },
  {
    name: 'a region that has not heard of its peer calls itself sick',
    plant: bundle(HEARTBEAT_READ, ASKING_THE_PEER),
    check: 'dns-follows-the-operator',
    gameDay: peerPartition,
  },
  {
    name: 'a standby whose record has no health check',
    plant: (plan) =>
      editTemplates(plan, ({ template }) =>
        mapJson(template, (value, path) =>
          /\/Standby(Host|Region)[^/]*\/Properties$/.test(path) ? uncheckedRecord(value) : value,
        ),
      ),
    check: 'dns-follows-the-operator',
    gameDay: bothSwitchesSet,
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
    plant: bundle(SWITCH_READ, ASKING_THE_REGULATOR),
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
