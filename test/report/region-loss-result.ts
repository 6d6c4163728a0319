import type {
  AlarmInterval,
  AlarmLane,
  CheckResult,
  GameDayResult,
  Series,
  TimelineEntry,
} from '../../gamedays/result';

const PRIMARY = 'us-east-1';
const STANDBY = 'us-west-2';
const END_SECONDS = 620;
const BUCKET_SECONDS = 10;

/** A result made by hand: the primary is lost from 180 s to 480 s, DNS moves at 205 s and back at 515 s. */
export const regionLossResult: GameDayResult = {
  schemaVersion: 1,
  gameDay: {
    name: 'region-loss',
    title: 'The primary region is lost and returns',
    hypothesis:
      'When nothing crosses the border of the primary region any more, callers reach the standby within 45 seconds, and no acknowledged order is lost or charged wrongly, neither during the loss nor after the return.',
    durationSeconds: 600,
  },
  seed: 7,
  parameters: { stage: 'sandbox', ordersPerSecond: 5, declinedShare: 0.02, warmUpSeconds: 300, accountConcurrency: 10 },
  regions: { primary: PRIMARY, standby: STANDBY, witness: 'us-east-2' },
  verdict: 'pass',
  checks: passingChecks(),
  recovery: {
    recoveryTime: { p50Seconds: 0.21, p99Seconds: 34.6, maxSeconds: 36.9, p99BarSeconds: 45, orders: 1508 },
    recoveryPoint: { orders: 3, oldestAgeSeconds: 0.62 },
  },
  orders: {
    offered: 3004,
    acknowledged: 3001,
    refused: 1,
    confirmed: 2936,
    rejected: 58,
    expired: 7,
    lost: 0,
    charges: 2936,
  },
  faults: [
    {
      name: 'isolate-region',
      title: 'Nothing crosses the border of the region',
      fromSeconds: 180,
      toSeconds: 480,
      region: PRIMARY,
    },
  ],
  timeline: timeline(),
  alarms: alarms(),
  notifications: [
    {
      atSeconds: 275,
      region: STANDBY,
      topic: 'tandem-sandbox-pages',
      subject: 'ALARM: "tandem-sandbox-standby-serving" in US West (Oregon)',
      message: JSON.stringify({
        AlarmName: 'tandem-sandbox-standby-serving',
        NewStateValue: 'ALARM',
        NewStateReason: 'Threshold Crossed: 1 datapoint [51.0] was greater than the threshold (0.0).',
        Runbook: 'runbooks/standby-serving.md',
      }),
    },
    {
      atSeconds: 360,
      region: STANDBY,
      topic: 'tandem-sandbox-pages',
      subject: 'ALARM: "tandem-sandbox-peer-silent" in US West (Oregon)',
      message: 'The probe of us-east-1 has had no answer for three minutes. Runbook: runbooks/peer-silent.md',
    },
  ],
  dnsAnswers: [
    { fromSeconds: -300, region: PRIMARY },
    { fromSeconds: 205, region: STANDBY },
    { fromSeconds: 515, region: PRIMARY },
  ],
  series: series(),
  cost: {
    pricesAsOf: '2026-11-25',
    hours: 0.19,
    dollars: 0.0431,
    standingDollars: 0.0098,
    services: [
      { service: 'Lambda', dollars: 0.0221 },
      { service: 'DynamoDB', dollars: 0.0112 },
      { service: 'CloudWatch', dollars: 0.0098 },
    ],
  },
  trace: { digest: 'f3b1c07d52c9e1a84c6f7a1e03b59d2288aa41f6c0de9b7745e2d3c1908f6a5b', lines: 184211 },
  replay: 'npm run -s tandem -- gameday run region-loss --seed 7',
};

/** A run of another day, flown without what it shows, too: calm after 15 s, or not as long as it was watched. */
export const comparedResult: GameDayResult = {
  ...regionLossResult,
  recovery: { calmAfterSeconds: 15 },
  series: [...regionLossResult.series, doneInTime(END_SECONDS, 495)],
  counterpart: {
    without: 'load regulation',
    durationSeconds: 1_200,
    recovery: { calmAfterSeconds: null },
    faults: regionLossResult.faults,
    series: [doneInTime(1_200, 1_200)],
    trace: { digest: '5b0c'.repeat(16), lines: 401_000 },
  },
};

/** Nothing is done in time from the loss to that second. */
function doneInTime(endSeconds: number, calmSeconds: number): Series {
  const points = Array.from({ length: endSeconds / BUCKET_SECONDS }, (_, index) => {
    const seconds = index * BUCKET_SECONDS;
    return [seconds, seconds >= 180 && seconds < calmSeconds ? 0 : 100] as const;
  });
  return { chart: 'done-in-time', name: 'orders done in time, by when they began', unit: '%', points };
}

/** The same run with two broken promises. */
export const failedResult: GameDayResult = {
  ...regionLossResult,
  verdict: 'fail',
  orders: { ...regionLossResult.orders, lost: 2 },
  recovery: {
    ...regionLossResult.recovery,
    recoveryTime: { p50Seconds: 0.21, p99Seconds: 71.2, maxSeconds: 74.5, orders: 1508 },
  },
  checks: passingChecks().map((check) => {
    if (check.id === 'no-order-lost') {
      return {
        ...check,
        verdict: 'fail',
        title: 'Acknowledged orders were lost',
        measured: '2 of 3001 acknowledged orders without an outcome',
        details: ['ord-01J9ZK3V8Q in us-east-1 is PENDING', 'ord-01J9ZK3W77 in us-east-1 is PENDING'],
      };
    }
    if (check.id === 'recovery-time') {
      return {
        ...check,
        verdict: 'fail',
        title: 'Callers waited too long to be served again',
        measured: 'p99 71.2 s over 1508 orders',
      };
    }
    return check;
  }),
};

function passingChecks(): CheckResult[] {
  const check = (id: string, title: string, description: string, measured: string, bar: string): CheckResult => ({
    id,
    verdict: 'pass',
    title,
    description,
    measured,
    bar,
    details: [],
  });
  return [
    check(
      'no-order-lost',
      'Every acknowledged order has an outcome',
      'An acknowledgement is a promise. One that stays open after everything has healed is lost, and nobody will ever tell the customer.',
      '0 of 3001 acknowledged orders without an outcome',
      '0 of 3001 acknowledged orders without an outcome',
    ),
    check(
      'charged-exactly-when-confirmed',
      'Every confirmed order was charged once, and no other order was charged',
      'Money is where two regions that disagree hurt a customer: a second charge, or goods without one.',
      '0 wrong charges',
      '0 wrong charges',
    ),
    check(
      'expired-only-in-flight',
      'Only orders in flight at the loss missed their deadline',
      'Losing a region may expire what was in flight at that instant and no more.',
      '7 expired orders',
      'at most the 9 in flight at the loss',
    ),
    check(
      'recovery-time',
      'Callers were served again in time',
      'The recovery time is what a caller lives through: from the loss to the first success, DNS caches and timeouts included.',
      'p99 34.6 s over 1508 orders',
      'at most 45 s at p99',
    ),
    check(
      'recovery-point',
      'What the survivor did not know at the loss was a matter of seconds',
      'The recovery point is what had been acknowledged and could not be read in the survivor at the moment of the loss.',
      '3 orders, the oldest 0.62 s old',
      'none older than 10 s',
    ),
    check(
      'expected-alarms-fired',
      'Every alarm that must fire fired in time',
      'An alarm that stays silent on the day it was made for is worse than none: somebody relies on it.',
      '0 of 2 expected alarms late or silent',
      '0 of 2 expected alarms late or silent',
    ),
    check(
      'no-other-alarm-fired',
      'No other alarm fired',
      'Every false alarm teaches the person on call to look away.',
      '0 false alarms among 5 alarms',
      '0 false alarms among 5 alarms',
    ),
    check(
      'converged',
      'The world came to rest',
      'After the last fault has healed everything must be settled in bounded time.',
      'at rest 20 s after the end',
      'within 600 s',
    ),
  ];
}

function timeline(): TimelineEntry[] {
  return [
    { atSeconds: 196, kind: 'health-check', text: 'Health check of us-east-1 is unhealthy', region: PRIMARY },
    { atSeconds: 205, kind: 'dns', text: 'DNS answers with us-west-2', region: STANDBY },
    {
      atSeconds: 275,
      kind: 'alarm',
      text: 'tandem-sandbox-standby-serving ALARM: 1 datapoint [51.0] was greater than the threshold (0.0)',
      region: STANDBY,
    },
    { atSeconds: 360, kind: 'alarm', text: 'tandem-sandbox-peer-silent ALARM: no data for 3 minutes', region: STANDBY },
    { atSeconds: 507, kind: 'health-check', text: 'Health check of us-east-1 is healthy', region: PRIMARY },
    { atSeconds: 515, kind: 'dns', text: 'DNS answers with us-east-1', region: PRIMARY },
    { atSeconds: 540, kind: 'alarm', text: 'tandem-sandbox-peer-silent OK: the probe is answered', region: STANDBY },
    { atSeconds: 620, kind: 'milestone', text: 'The world is at rest' },
  ];
}

function alarms(): AlarmLane[] {
  const lane = (
    region: string,
    name: string,
    severity: AlarmLane['severity'],
    turns: readonly [number, AlarmInterval['state'], string][],
  ): AlarmLane => ({
    region,
    alarmName: `tandem-sandbox-${name}`,
    severity,
    intervals: [[-300, 'INSUFFICIENT_DATA', 'The alarm was created.'] as const, ...turns].map(
      ([fromSeconds, state, reason], index) => ({
        state,
        fromSeconds,
        toSeconds: turns[index]?.[0] ?? END_SECONDS,
        reason,
      }),
    ),
  });
  const calm = [-240, 'OK', 'No datapoint was beyond the threshold.'] as [number, AlarmInterval['state'], string];
  return [
    lane(PRIMARY, 'dead-letters', 'ticket', [calm]),
    lane(PRIMARY, 'peer-silent', 'page', [
      calm,
      [182, 'INSUFFICIENT_DATA', 'No metric left the region.'],
      [500, 'OK', 'The probe is answered.'],
    ]),
    lane(STANDBY, 'standby-serving', 'page', [
      calm,
      [275, 'ALARM', 'Threshold Crossed: 1 datapoint [51.0] was greater than the threshold (0.0).'],
      [600, 'OK', 'Threshold Crossed: 1 datapoint [0.0] was not greater than the threshold (0.0).'],
    ]),
    lane(STANDBY, 'peer-silent', 'page', [
      calm,
      [360, 'ALARM', 'No datapoints were received for 3 periods and missing ones are treated as breaching.'],
      [540, 'OK', 'The probe is answered.'],
    ]),
    lane(STANDBY, 'dead-letters', 'ticket', [calm]),
  ];
}

function series(): Series[] {
  const isLost = (seconds: number): boolean => seconds >= 180 && seconds < 480;
  const isMoved = (seconds: number): boolean => seconds >= 215 && seconds < 525;
  const ripple = (seconds: number): number => 0.4 * Math.sin(seconds / 17) + 0.2 * Math.sin(seconds / 5);
  const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(2)));
  const over = (untilSeconds: number, value: (seconds: number) => number | null): Series['points'] =>
    Array.from({ length: untilSeconds / BUCKET_SECONDS }, (_, index) => [
      index * BUCKET_SECONDS,
      rounded(value(index * BUCKET_SECONDS)),
    ]);
  const perSecond = { chart: 'requests', unit: '1/s' };
  const offered = over(600, (t) => 5 + ripple(t));
  return [
    { ...perSecond, name: 'orders begun', points: offered },
    {
      ...perSecond,
      name: 'acknowledged',
      region: PRIMARY,
      points: over(600, (t) => (isLost(t) || isMoved(t) ? 0 : 5 + ripple(t))),
    },
    {
      ...perSecond,
      name: 'failed attempts',
      region: PRIMARY,
      points: over(600, (t) => (isLost(t) && t < 230 ? 1.6 : 0)),
    },
    {
      ...perSecond,
      name: 'acknowledged',
      region: STANDBY,
      points: over(600, (t) => (isMoved(t) ? (t < 230 ? 9.4 : 5 + ripple(t)) : 0)),
    },
    { ...perSecond, name: 'failed attempts', region: STANDBY, points: over(600, () => 0) },
    {
      chart: 'latency',
      name: 'p50 from first attempt to acknowledgement',
      unit: 'ms',
      points: over(600, (t) => (t >= 180 && t < 210 ? null : 92 + 20 * ripple(t))),
    },
    {
      chart: 'latency',
      name: 'p99 from first attempt to acknowledgement',
      unit: 'ms',
      points: over(600, (t) => (t >= 180 && t < 210 ? null : t >= 210 && t < 230 ? 34_600 : 210 + 90 * ripple(t))),
    },
    ...[PRIMARY, STANDBY].flatMap((region): Series[] => {
      const isServing = (t: number): boolean => (region === PRIMARY ? !isMoved(t) : isMoved(t));
      const isSilent = (t: number): boolean => region === PRIMARY && isLost(t);
      return [
        {
          chart: 'queue',
          name: 'messages waiting',
          unit: 'messages',
          region,
          points: over(600, (t) => (isSilent(t) ? null : isServing(t) ? Math.max(0, 2 + 4 * ripple(t)) : 0)),
        },
        {
          chart: 'queue',
          name: 'age of the oldest',
          unit: 's',
          region,
          points: over(600, (t) => (isSilent(t) ? null : isServing(t) ? 0.6 + Math.abs(ripple(t)) : 0)),
        },
      ];
    }),
  ];
}
