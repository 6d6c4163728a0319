import { BLUEPRINT, type Blueprint } from '../../blueprint/blueprint';
import { blueprintFailures, BLUEPRINT_RULES } from '../../blueprint/rules';
import { alarmsAreComplete } from '../../blueprint/rules/alarms-are-complete';
import { deadlineEndsTries } from '../../blueprint/rules/deadline-ends-tries';
import { everyDatumRecovers } from '../../blueprint/rules/every-datum-recovers';
import { keysOutliveMessages } from '../../blueprint/rules/keys-outlive-messages';
import { nestedTimeouts } from '../../blueprint/rules/nested-timeouts';
import { oneRegionCarriesEverything } from '../../blueprint/rules/one-region-carries-everything';
import { ownerBeforeTakeover } from '../../blueprint/rules/owner-before-takeover';
import { recordsOutliveMessages } from '../../blueprint/rules/records-outlive-messages';
import { regulatorFitsItsLoop } from '../../blueprint/rules/regulator-fits-its-loop';
import { repeatsAreHarmless } from '../../blueprint/rules/repeats-are-harmless';
import { retriesDoNotMultiply } from '../../blueprint/rules/retries-do-not-multiply';
import { sharedStateHasOneWriter } from '../../blueprint/rules/shared-state-has-one-writer';
import { throttlesFitConcurrency } from '../../blueprint/rules/throttles-fit-concurrency';
import { visibilityOutlastsFunction } from '../../blueprint/rules/visibility-outlasts-function';
import { workersCarryNominalLoad } from '../../blueprint/rules/workers-carry-nominal-load';
import type { BlueprintRule } from '../../blueprint/rules';

const budgets = (changes: Partial<Blueprint['timeBudgets']>): Blueprint => ({
  ...BLUEPRINT,
  timeBudgets: { ...BLUEPRINT.timeBudgets, ...changes },
});
const firstChanged = <T>(list: readonly T[], change: Partial<T>): T[] => [{ ...list[0]!, ...change }, ...list.slice(1)];
const capacity = (stage: 'sandbox' | 'full', change: Partial<Blueprint['capacity']['full']>): Blueprint => ({
  ...BLUEPRINT,
  capacity: { ...BLUEPRINT.capacity, [stage]: { ...BLUEPRINT.capacity[stage], ...change } },
});
const alarm = (change: Partial<Blueprint['alarms'][number]>): Blueprint => ({
  ...BLUEPRINT,
  alarms: firstChanged(BLUEPRINT.alarms, change),
});

const withoutWriterRegion = ({ name, kept, sharing, writer, recovery }: Blueprint['data'][number]) => ({
  name,
  kept,
  sharing,
  writer,
  recovery,
});

/** For every rule, blueprints that break it and a part of the sentence that must say so. */
const BROKEN: readonly (readonly [string, BlueprintRule, Blueprint, string])[] = [
  [
    'a function times out before its own calls do',
    nestedTimeouts,
    budgets({ sdk: { ...BLUEPRINT.timeBudgets.sdk, attemptMs: 2_000 } }),
    'intake: its calls may take 8560 ms',
  ],
  [
    'a client gives up before the function does',
    nestedTimeouts,
    {
      ...BLUEPRINT,
      connections: BLUEPRINT.connections.map((each) => (each.from === 'client' ? { ...each, attemptMs: 1_000 } : each)),
    },
    'client waits 1000 ms for intake, which may take 3000 ms',
  ],
  [
    'a health checker gives up before the deep check does',
    nestedTimeouts,
    {
      ...BLUEPRINT,
      connections: BLUEPRINT.connections.map((each) => (each.from === 'route53' ? { ...each, attemptMs: 500 } : each)),
    },
    'route53 waits 500 ms for health',
  ],
  [
    'a message becomes visible while its function may still run',
    visibilityOutlastsFunction,
    { ...BLUEPRINT, visibilityMarginSeconds: 0 },
    "visibility timeout must outlast fulfilment's by at least 1 s",
  ],
  [
    'the sweeper comes while a worker may still hold the order',
    ownerBeforeTakeover,
    budgets({ sweepGraceMs: 3_000 }),
    'grace of 3000 ms is shorter than the 10000 ms',
  ],
  [
    'takeover comes before the owner has had its chance',
    ownerBeforeTakeover,
    budgets({ takeoverAfterDeadlineMs: 60_000 }),
    'Takeover 60000 ms after the deadline',
  ],
  [
    'what is shared by some may be written anywhere',
    sharedStateHasOneWriter,
    { ...BLUEPRINT, data: BLUEPRINT.data.map(withoutWriterRegion) },
    'customer-plans is shared by some and written anywhere',
  ],
  [
    'readers keep what is shared by some for longer than it may be old',
    sharedStateHasOneWriter,
    budgets({ planCacheMs: 600_000 }),
    'customer-plans may be 65 seconds old, and readers keep it for 600000 ms',
  ],
  [
    'an order is deleted while a message of it may still come',
    recordsOutliveMessages,
    { ...BLUEPRINT, data: firstChanged(BLUEPRINT.data, { retentionSeconds: 86_400 }) },
    'Orders are kept for 86400 s, and a message can live 1213200 s',
  ],
  [
    'a datum has no recovery story',
    everyDatumRecovers,
    { ...BLUEPRINT, data: firstChanged(BLUEPRINT.data, { recovery: ' ' }) },
    'The datum orders has no recovery',
  ],
  [
    'a repeated request is not harmless',
    repeatsAreHarmless,
    { ...BLUEPRINT, interfaces: firstChanged(BLUEPRINT.interfaces, { idempotentBy: '' }) },
    '"POST /orders" is effectively-once but nothing makes a repeat harmless',
  ],
  [
    'a queue has no dead-letter queue',
    repeatsAreHarmless,
    {
      ...BLUEPRINT,
      interfaces: BLUEPRINT.interfaces.map((each) =>
        each.kind === 'queue' ? { ...each, deadLetterQueue: false } : each,
      ),
    },
    '"work queue" is a queue without a dead-letter queue',
  ],
  [
    'a service has no interface',
    repeatsAreHarmless,
    { ...BLUEPRINT, interfaces: BLUEPRINT.interfaces.slice(2) },
    'The service intake offers no interface',
  ],
  [
    'a message outlives the key it repeats',
    keysOutliveMessages,
    { ...BLUEPRINT, providerKeyLifetimeSeconds: 86_400 },
    'a late one would charge again',
  ],
  [
    'tries run out before the deadline does',
    deadlineEndsTries,
    { ...BLUEPRINT, workReceivesMax: 5 },
    '5 receives would make it a dead letter',
  ],
  [
    'an alarm wants more points than it looks at',
    alarmsAreComplete,
    alarm({ datapointsToAlarm: 4, evaluationPeriods: 3 }),
    'wants 4 points of 3: it can never fire',
  ],
  ['an alarm looks at more than a day', alarmsAreComplete, alarm({ evaluationPeriods: 1_500 }), 'more than one day'],
  ['an alarm has nobody who answers', alarmsAreComplete, alarm({ owner: '' }), 'has no owner'],
  [
    'two alarms have one name',
    alarmsAreComplete,
    { ...BLUEPRINT, alarms: [...BLUEPRINT.alarms, BLUEPRINT.alarms[0]!] },
    'Two alarms are called intake-server-errors',
  ],
  [
    'an alarm is about no service',
    alarmsAreComplete,
    { ...BLUEPRINT, services: BLUEPRINT.services.filter(({ name }) => name !== 'query') },
    'which is no service',
  ],
  [
    'the workers cannot carry what is promised',
    workersCarryNominalLoad,
    {
      ...BLUEPRINT,
      capacity: { ...BLUEPRINT.capacity, sandbox: { ...BLUEPRINT.capacity.sandbox, nominalOrdersPerSecond: 9 } },
    },
    'promises 9 orders/s but 2 workers carry 5',
  ],
  [
    'there are fewer workers than AWS accepts',
    workersCarryNominalLoad,
    { ...BLUEPRINT, capacity: { ...BLUEPRINT.capacity, sandbox: { ...BLUEPRINT.capacity.sandbox, workers: 1 } } },
    'MaximumConcurrency must be 2 to 1000',
  ],
  [
    'the consumer of the queue has reserved concurrency',
    workersCarryNominalLoad,
    {
      ...BLUEPRINT,
      capacity: { ...BLUEPRINT.capacity, full: { ...BLUEPRINT.capacity.full, reservedConcurrency: { fulfilment: 5 } } },
    },
    'reserves concurrency on the consumer',
  ],
  [
    'a burst of requests needs more than is reserved',
    throttlesFitConcurrency,
    capacity('full', { reservedConcurrency: { intake: 20 } }),
    'lets intake need 48 executions and reserves 20',
  ],
  [
    'throttles let more pass than the account can execute',
    throttlesFitConcurrency,
    capacity('sandbox', { accountConcurrencyMin: 9 }),
    'needs 10 unreserved executions and has 9',
  ],
  [
    'a failover would be refused at the edge',
    throttlesFitConcurrency,
    capacity('sandbox', { nominalOrdersPerSecond: 11 }),
    'throttles intake below twice its nominal 11 orders/s',
  ],
  [
    'reservations leave nothing to the rest of the account',
    throttlesFitConcurrency,
    capacity('full', { accountConcurrencyMin: 190 }),
    'Lambda wants 100',
  ],
  [
    'the regulator believes in other workers than there are',
    regulatorFitsItsLoop,
    capacity('full', { workers: 60 }),
    'has 60 workers and regulates for 50',
  ],
  [
    'the regulator corrects faster than it sees',
    regulatorFitsItsLoop,
    {
      ...BLUEPRINT,
      loadShedding: { ...BLUEPRINT.loadShedding, full: { ...BLUEPRINT.loadShedding.full, correctionMs: 2_000 } },
    },
    'it would swing, allow 4000 ms',
  ],
  [
    'more is planned than the workers of one region carry',
    oneRegionCarriesEverything,
    { ...BLUEPRINT, load: { stage: 'sandbox', oneRegionShortfall: 'refused', plannedOrdersPerSecond: 6 } },
    'One region of stage sandbox carries 5 orders/s of the 6 that are planned, limited by workers of fulfilment: raise workers',
  ],
  [
    'something else than the workers is too small for what is planned',
    oneRegionCarriesEverything,
    capacity('sandbox', {
      routeThrottles: { ...BLUEPRINT.capacity.sandbox.routeThrottles, import: { requestsPerSecond: 1, burst: 1 } },
    }),
    'limited by throttle of POST /orders/import: raise routeThrottles.import',
  ],
  [
    'every layer repeats what the one below has repeated',
    retriesDoNotMultiply,
    {
      ...BLUEPRINT,
      connections: BLUEPRINT.connections.map((each) => (each.from === 'client' ? { ...each, attempts: 3 } : each)),
    },
    'One request along client > intake > orders may become 6 calls',
  ],
];

describe('The rules of the blueprint', () => {
  test('find nothing wrong with Tandem as it is', () => {
    expect(blueprintFailures(BLUEPRINT)).toEqual([]);
  });

  test.each(BROKEN)('fail when %s', (_, rule, blueprint, sentence) => {
    expect(rule(blueprint).join('\n')).toContain(sentence);
  });

  test('let one region be too small when the configuration says so aloud', () => {
    const load = { stage: 'sandbox', plannedOrdersPerSecond: 6 } as const;
    const failuresOf = (oneRegionShortfall: 'refused' | 'accepted'): number =>
      blueprintFailures({ ...BLUEPRINT, load: { ...load, oneRegionShortfall } }).length;

    expect([failuresOf('refused'), failuresOf('accepted')]).toEqual([1, 0]);
  });

  test('are each broken by a blueprint of this test', () => {
    const tested = new Set(BROKEN.map(([, rule]) => rule));
    expect(BLUEPRINT_RULES.filter((rule) => !tested.has(rule)).map((rule) => rule.name)).toEqual([]);
  });
});
