import { cohortOf } from '../../blueprint/priorities';
import type { Observations } from '../../gamedays/observations';
import { capacityTest } from '../../gamedays/scenarios/capacity-test';
import { evacuationDrill } from '../../gamedays/scenarios/evacuation-drill';
import { metastableDrop } from '../../gamedays/scenarios/metastable-drop';
import { overload } from '../../gamedays/scenarios/overload';
import { overloadedSurvivor } from '../../gamedays/scenarios/overloaded-survivor';
import { regionLoss } from '../../gamedays/scenarios/region-loss';
import { shedByHand } from '../../gamedays/scenarios/shed-by-hand';
import { replicationPaused } from '../../gamedays/scenarios/replication-paused';
import { stalePlans } from '../../gamedays/scenarios/stale-plans';
import type { TableItem } from '../../gamedays/targets/target';
import type { ListedOrder } from '../../gamedays/workloads/order-lists';
import type { PlacedOrder } from '../../gamedays/workloads/order-workload';

/**
 * Observations of days that were never flown, each right but for what a case is about: checks are pure functions of them.
 */
export const START = 1_000_000;
export const LOSS = START + 180_000;

export const item = (orderId: string, status: string, region = 'us-east-1'): TableItem => ({ orderId, region, status });
export const charge = (key: string): TableItem => ({ key, state: 'CHARGED' });

export function placed(orderId: string, times: { firstAttemptMs?: number; acknowledgedMs?: number } = {}): PlacedOrder {
  const { firstAttemptMs = START + 1000, acknowledgedMs = firstAttemptMs + 100 } = times;
  return {
    idempotencyKey: orderId,
    customerId: 'c',
    amount: 100,
    attempts: [],
    reads: [],
    firstAttemptMs,
    acknowledgedMs,
    orderId,
  };
}

export const refusedReuse = { amount: 200, attempts: [{ startMs: 0, endMs: 9, region: 'us-east-1', outcome: 422 }] };

export const ON = {
  configuration: { routing: 'failover', consistency: 'eventual', automation: 'on', footprint: 'standard' },
} as const;
/** The responder has told of an evacuation. */
export const told = (atSeconds: number) => ({
  record: {
    notifications: [
      {
        atSeconds,
        region: 'us-west-2',
        topic: 'page',
        subject: 'Tandem responder in us-west-2: us-east-1 is evacuated',
        message: '',
      },
    ],
  },
});

type Change = Partial<Omit<Observations, 'record'>> & {
  readonly items?: TableItem[];
  readonly record?: Partial<Observations['record']>;
};

export const afterCommands = (...outcomes: readonly ('done' | 'refused')[]) =>
  observe({
    gameDay: evacuationDrill,
    operatorReports: outcomes.map((outcome) => ({
      step: evacuationDrill.operatorSteps![0]!,
      command: 'switch evacuate us-east-1',
      region: 'us-east-1',
      outcome,
      said: [],
      startMs: 0,
      endMs: 0,
    })),
  });
export const call = (service: string, kind: 'sqs', datum: string) => ({
  caller: `tandem-sandbox-${service}`,
  action: `${kind}:SendMessage`,
  resource: `arn:aws:${kind}:us-east-1:123456789012:tandem-sandbox-${datum}`,
});
export const unsigned = (caller: string, path: string) => ({
  caller,
  action: 'https',
  resource: `https://host.example.com/${path}`,
});
export const apiCall = (service: string, route: string) => ({
  caller: `tandem-sandbox-${service}`,
  action: 'execute-api:Invoke',
  resource: `arn:aws:execute-api:us-east-1:123456789012:abcdef/$default/${route}`,
});

/** One confirmed and charged order, and nothing wrong anywhere; a test changes what it is about. */
export function observe(change: Change = {}): Observations {
  const items = change.items ?? [item('a', 'CONFIRMED')];
  return {
    gameDay: regionLoss,
    stage: 'sandbox',
    configuration: { footprint: 'standard', routing: 'failover', consistency: 'eventual', automation: 'off' },
    regions: { primary: 'us-east-1', standby: 'us-west-2', witness: 'us-east-2' },
    placedOrders: [placed('a')],
    replicas: new Map([
      ['us-east-1', items],
      ['us-west-2', items],
    ]),
    ledger: [charge('a')],
    auditRecords: [],
    pending: undefined,
    operatorReports: [],
    convergedAfterSeconds: 10,
    startEpochMs: START,
    ...change,
    record: {
      alarms: [],
      notifications: [],
      dnsAnswers: [],
      timeline: [],
      series: [],
      acceptedOrders: 1,
      accessDenials: [],
      calls: [],
      functionTimeouts: [],
      deadLetters: [],
      trace: { digest: '', lines: 0 },
      ...change.record,
    },
  };
}

export const loss = (lost: TableItem[], surviving: TableItem[]): NonNullable<Observations['loss']> => ({
  epochMs: LOSS,
  region: 'us-east-1',
  survivor: 'us-west-2',
  lostReplica: lost,
  survivingReplica: surviving,
});

/** Two outcomes of one order, and what the audit table says of them. */
export const disagreement = (outcomes: string[]): Observations =>
  observe({
    items: [item('a', 'CONFIRMED'), { ...item('a', 'EXPIRED'), region: 'us-west-2' }],
    auditRecords: [{ orderId: 'a', outcomes }],
  });

/** What the customer of two confirmed orders was shown in each region. */
export const listed = (
  orderIds: string[],
  { status = 'CONFIRMED', ...changes }: { status?: string; pages?: number; failedWith?: number } = {},
): Observations => {
  const orders = orderIds.map((orderId) => ({ orderId, status })) as unknown as ListedOrder[];
  return observe({
    items: ['a', 'b', 'c'].map((id) => ({ ...item(id, 'CONFIRMED'), customerId: id === 'c' ? 'other' : 'mine' })),
    orderLists: ['us-east-1', 'us-west-2'].map((region) => ({
      region,
      customerId: 'mine',
      orders,
      pages: 2,
      ...changes,
    })),
  });
};

const ALARM_PLACES = {
  primary: 'us-east-1',
  standby: 'us-west-2',
  witness: 'us-east-2',
  routing: 'us-east-1',
} as const;

export const lane = (region: string, alarm: string, fromSeconds: number) => ({
  region,
  alarmName: `tandem-sandbox-${alarm}`,
  severity: 'page' as const,
  intervals: [{ state: 'ALARM' as const, fromSeconds, toSeconds: fromSeconds + 60, reason: 'test' }],
});

/** All that the day asks for, ten seconds before each is late. */
export const inTime = regionLoss.expectations.mustFire.map(({ region, alarm, withinSeconds }) =>
  lane(ALARM_PLACES[region], alarm, regionLoss.faults[0]!.fromSeconds + withinSeconds - 10),
);
export const silentPeer = inTime.findIndex(({ alarmName }) => alarmName === 'tandem-sandbox-peer-silent');

/** What `replication-paused` proves: two alarms, of which the last one is in this state for the rest of the day. */
export const proven = (state: 'OK' | 'ALARM'): Observations =>
  observe({
    gameDay: replicationPaused,
    record: {
      alarms: replicationPaused.expectations.mustFire.map(({ region, alarm }, index) => {
        const fired = lane(ALARM_PLACES[region], alarm, 200);
        const rest = { state: index === 0 ? ('OK' as const) : state, fromSeconds: 260, toSeconds: 720, reason: 'test' };
        return { ...fired, intervals: [...fired.intervals, rest] };
      }),
    },
  });

/** Instants, evenly spread over a time in seconds, so many a second. */
const evenly = (from: number, to: number, perSecond: number): number[] =>
  Array.from({ length: Math.round((to - from) * perSecond) }, (_, index) => START + 1_000 * (from + index / perSecond));

/** Every step of the capacity test, in which no more than the knee is decided. */
export function withKnee(knee: number, offeredMax = Infinity): Observations {
  const { workload, durationSeconds } = capacityTest;
  const steps = [{ fromSeconds: 0, ordersPerSecond: workload.ordersPerSecond }, ...workload.steps!];
  const spread = (most: number): number[] =>
    steps.flatMap(({ fromSeconds, ordersPerSecond }, index) =>
      evenly(fromSeconds, steps[index + 1]?.fromSeconds ?? durationSeconds, Math.min(most, ordersPerSecond)),
    );
  const decidedAt = (at: number) => ({ ...item('a', 'CONFIRMED'), decidedAt: at, decidedBy: 'fulfilment' });
  return observe({
    gameDay: capacityTest,
    placedOrders: spread(offeredMax).map((firstAttemptMs) => placed('a', { firstAttemptMs })),
    items: spread(Math.min(knee, offeredMax)).map(decidedAt),
  });
}

/** Orders of the metastable day, one a second, each done so long after it began. */
export const afterDrop = (doneSecondsOf: (second: number) => number): Observations => {
  const seconds = Array.from({ length: metastableDrop.durationSeconds }, (_, second) => second);
  return observe({
    gameDay: metastableDrop,
    placedOrders: seconds.map((second) => placed(`o${second}`, { firstAttemptMs: START + second * 1_000 })),
    items: seconds.map((second) => ({
      ...item(`o${second}`, 'CONFIRMED'),
      decidedAt: START + (second + doneSecondsOf(second)) * 1_000,
    })),
  });
};

/** Ten priority orders and ten others, of each of which so many are done in time. */
export const overloadedWith = (important: number, others: number): Observations => {
  const orders = ['priority', 'customer'].flatMap((kind) =>
    Array.from({ length: 10 }, (_, index) => ({ ...placed(`${kind}-${index}`), customerId: `${kind}-${index}` })),
  );
  const done = orders.filter(({ customerId }) => {
    const [kind, index] = customerId.split('-');
    return Number(index) < (kind === 'priority' ? important : others);
  });
  return observe({
    gameDay: overload,
    placedOrders: orders,
    items: done.map(({ orderId }) => ({ ...item(orderId!, 'CONFIRMED'), decidedAt: START + 3_000 })),
  });
};

/** So many orders a second come while the primary is lost, and are decided by the standby; their attempts go there. */
export function survived(offered: number, decided: number, region: string, outcome: number): Observations {
  const placedOrders = evenly(80, 150, offered).map((startMs): PlacedOrder => ({
    ...placed('a', { firstAttemptMs: startMs }),
    attempts: [{ startMs, endMs: startMs + 50, region, outcome }],
  }));
  const items = evenly(75, 150, decided).map((decidedAt) => ({
    ...item('a', 'CONFIRMED', 'us-west-2'),
    decidedAt,
    decidedBy: 'fulfilment',
  }));
  return observe({ gameDay: overloadedSurvivor, loss: loss([], []), placedOrders, items });
}

const OVERRIDE_MS = START + 30_000;
/** First attempts while half of the customers are to be refused, and after that; whoever the test says is refused. */
export function overridden(isRefused: (cohort: number, isOver: boolean) => boolean): Observations {
  const orders = [40, 120].flatMap((second) =>
    Array.from({ length: 20 }, (_, index): PlacedOrder => {
      const customerId = `customer-${index}`;
      const startMs = START + second * 1_000;
      const outcome = isRefused(cohortOf(customerId, startMs), second > 90) ? 429 : 202;
      return { ...placed('a'), customerId, attempts: [{ startMs, endMs: startMs + 50, region: 'us-east-1', outcome }] };
    }),
  );
  const step = shedByHand.operatorSteps![0]!;
  const report = { step, command: 'shed set us-east-1', region: 'us-east-1', outcome: 'done', said: [] } as const;
  const operatorReports = [{ ...report, startMs: OVERRIDE_MS, endMs: OVERRIDE_MS + 500 }];
  return observe({ gameDay: shedByHand, placedOrders: orders, operatorReports });
}

/** DNS answers the standby from these seconds on; the primary was evacuated between 60 and 100 s. */
export const movedAt = (...seconds: number[]): Observations => {
  const { operatorReports, ...evacuated } = afterCommands('done');
  const during = { startMs: START + 60_000, endMs: START + 100_000 };
  return {
    ...evacuated,
    operatorReports: operatorReports.map((report) => ({ ...report, ...during })),
    record: { ...evacuated.record, dnsAnswers: seconds.map((fromSeconds) => ({ fromSeconds, region: 'us-west-2' })) },
  };
};

/** A plan is set at 90 s, and arrives in the standby after the pause of replication ends at 240 s. */
const PLAN_SET = 90;
export const planned = (region: string, seconds: number, plan: string): TableItem => ({
  ...item(`${region}-${seconds}`, 'CONFIRMED', region),
  customerId: 'customer-7',
  acceptedAt: START + seconds * 1_000,
  plan,
});
export const afterPlans = (...items: TableItem[]): Observations => {
  const step = stalePlans.operatorSteps!.find(({ atSeconds }) => atSeconds === PLAN_SET)!;
  const [startMs, endMs] = [START + PLAN_SET * 1_000, START + (PLAN_SET + 20) * 1_000];
  return observe({
    gameDay: stalePlans,
    items,
    operatorReports: [{ step, command: 'plan set', region: 'us-east-1', outcome: 'done', said: [], startMs, endMs }],
  });
};
export const OLD_IN_STANDBY = planned('us-west-2', 200, 'standard');
export const NEW_IN_PRIMARY = planned('us-east-1', 200, 'priority');
