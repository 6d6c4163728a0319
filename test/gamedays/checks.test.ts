import { CHECKS } from '../../gamedays';
import type { Observations } from '../../gamedays/observations';
import { evacuationDrill } from '../../gamedays/scenarios/evacuation-drill';
import { overloadedSurvivor } from '../../gamedays/scenarios/overloaded-survivor';
import { grayRegion } from '../../gamedays/scenarios/gray-region';
import { replicationPaused } from '../../gamedays/scenarios/replication-paused';
import {
  START,
  LOSS,
  item,
  charge,
  placed,
  refusedReuse,
  ON,
  told,
  afterCommands,
  call,
  unsigned,
  apiCall,
  observe,
  loss,
  disagreement,
  listed,
  lane,
  inTime,
  silentPeer,
  proven,
  withKnee,
  afterDrop,
  overloadedWith,
  survived,
  overridden,
  movedAt,
  planned,
  afterPlans,
  OLD_IN_STANDBY,
  NEW_IN_PRIMARY,
} from './made-up-observations';

const CASES: readonly [check: string, what: string, verdict: 'pass' | 'fail', observations: Observations][] = [
  ['no-order-lost', 'an outcome for each acknowledgement', 'pass', observe()],
  ['no-order-lost', 'an acknowledged order that is still open', 'fail', observe({ items: [item('a', 'PENDING')] })],
  ['no-order-lost', 'an acknowledged order that nobody knows', 'fail', observe({ items: [] })],
  ['charged-exactly-when-confirmed', 'a charge for each confirmation', 'pass', observe()],
  ['charged-exactly-when-confirmed', 'two charges', 'fail', observe({ ledger: [charge('a'), charge('a')] })],
  ['charged-exactly-when-confirmed', 'a confirmation without a charge', 'fail', observe({ ledger: [] })],
  [
    'charged-exactly-when-confirmed',
    'a charge for an expired order',
    'fail',
    observe({ items: [item('a', 'EXPIRED')] }),
  ],
  ['charged-exactly-when-confirmed', 'a charge for an order that nobody knows', 'fail', observe({ items: [] })],
  ['lists-complete', 'lists of several pages, as the table has it', 'pass', listed(['a', 'b'])],
  ['lists-complete', 'lists that nobody has read', 'fail', observe()],
  ['lists-complete', 'lists of one page each', 'fail', listed(['a', 'b'], { pages: 1 })],
  ['lists-complete', 'an order that is missing', 'fail', listed(['a'])],
  ['lists-complete', 'an order that is shown twice', 'fail', listed(['a', 'b', 'a'])],
  ['lists-complete', 'an order of somebody else', 'fail', listed(['a', 'b', 'c'])],
  ['lists-complete', 'an outcome that is none', 'fail', listed(['a', 'b'], { status: 'PENDING' })],
  ['lists-complete', 'a list that broke off', 'fail', listed(['a', 'b'], { failedWith: 403 })],
  [
    'plans-follow-the-writer',
    'an old plan where replication is paused',
    'pass',
    afterPlans(OLD_IN_STANDBY, NEW_IN_PRIMARY),
  ],
  ['plans-follow-the-writer', 'a day without an old plan', 'fail', afterPlans(NEW_IN_PRIMARY)],
  ['plans-follow-the-writer', 'a day without a new plan', 'fail', afterPlans(OLD_IN_STANDBY)],
  [
    'plans-follow-the-writer',
    'an old plan in the writer region, longer than it is remembered',
    'fail',
    afterPlans(OLD_IN_STANDBY, NEW_IN_PRIMARY, planned('us-east-1', 210, 'standard')),
  ],
  [
    'plans-follow-the-writer',
    'a plan that cannot have arrived yet',
    'fail',
    afterPlans(OLD_IN_STANDBY, NEW_IN_PRIMARY, planned('us-west-2', 210, 'priority')),
  ],
  [
    'plans-follow-the-writer',
    'an old plan a minute after the pause',
    'fail',
    afterPlans(OLD_IN_STANDBY, NEW_IN_PRIMARY, planned('us-west-2', 320, 'standard')),
  ],
  ['accepted-once', 'one acceptance an item', 'pass', observe()],
  ['accepted-once', 'more acceptances than items', 'fail', observe({ record: { acceptedOrders: 2 } })],
  ['disagreements-recorded', 'no record at all', 'fail', observe()],
  ['disagreements-recorded', 'a record of what both regions said', 'pass', disagreement(['EXPIRED', 'CONFIRMED'])],
  ['disagreements-recorded', 'a record of something else', 'fail', disagreement(['EXPIRED', 'REJECTED'])],
  [
    'disagreements-recorded',
    'a record of an order with one outcome',
    'fail',
    observe({ auditRecords: [{ orderId: 'a', outcomes: ['CONFIRMED', 'EXPIRED'] }] }),
  ],
  ['one-outcome-everywhere', 'equal replicas', 'pass', observe()],
  [
    'one-outcome-everywhere',
    'an item that one replica lacks',
    'fail',
    observe({
      replicas: new Map([
        ['us-east-1', [item('a', 'CONFIRMED')]],
        ['us-west-2', []],
      ]),
    }),
  ],
  [
    'told-once',
    'an outcome that stands',
    'pass',
    observe({ placedOrders: [{ ...placed('a'), toldStatus: 'CONFIRMED' }] }),
  ],
  [
    'told-once',
    'an order that was still open',
    'pass',
    observe({ placedOrders: [{ ...placed('a'), toldStatus: 'PENDING' }] }),
  ],
  [
    'told-once',
    'an outcome that was another one later',
    'fail',
    observe({ placedOrders: [{ ...placed('a'), toldStatus: 'EXPIRED' }] }),
  ],
  ['refused-without-effect', 'no mistake at all', 'pass', observe()],
  [
    'refused-without-effect',
    'an order of somebody who was refused',
    'fail',
    observe({
      placedOrders: [{ ...placed('a'), mistake: 'invalid-order', customerId: 'mistaken' }],
      items: [{ ...item('a', 'CONFIRMED'), customerId: 'mistaken' }],
    }),
  ],
  [
    'refused-without-effect',
    'the charge of the first order under a key',
    'pass',
    observe({
      placedOrders: [{ ...placed('a'), mistake: 'reused-key', reuse: refusedReuse }],
      ledger: [{ ...charge('a'), amount: 100 }],
    }),
  ],
  [
    'refused-without-effect',
    'the charge of the second order under a key, which was refused',
    'fail',
    observe({
      placedOrders: [{ ...placed('a'), mistake: 'reused-key', reuse: refusedReuse }],
      ledger: [{ ...charge('a'), amount: 200 }],
    }),
  ],
  ['nothing-expired', 'no expired order', 'pass', observe()],
  ['nothing-expired', 'an expired order', 'fail', observe({ items: [item('a', 'EXPIRED')] })],
  [
    'expired-only-in-flight',
    'the one in flight',
    'pass',
    observe({ items: [item('a', 'EXPIRED')], loss: loss([item('a', 'PENDING')], []) }),
  ],
  [
    'expired-only-in-flight',
    'one that was decided before the loss',
    'fail',
    observe({ items: [item('a', 'EXPIRED')], loss: loss([item('a', 'CONFIRMED')], []) }),
  ],
  [
    'recovery-time',
    'a success after 30 s',
    'pass',
    observe({
      loss: loss([], []),
      placedOrders: [placed('a', { firstAttemptMs: LOSS, acknowledgedMs: LOSS + 30_000 })],
    }),
  ],
  [
    'recovery-time',
    'a success after 46 s',
    'fail',
    observe({
      loss: loss([], []),
      placedOrders: [placed('a', { firstAttemptMs: LOSS - 500, acknowledgedMs: LOSS + 46_000 })],
    }),
  ],
  ['recovery-time', 'no loss to measure from', 'fail', observe()],
  ['recovery-point', 'what the survivor can read', 'pass', observe({ loss: loss([], [item('a', 'PENDING')]) })],
  [
    'recovery-point',
    'an old order that the survivor cannot read',
    'fail',
    observe({ loss: loss([item('a', 'CONFIRMED')], []) }),
  ],
  [
    'no-request-failed',
    'a request that timed out',
    'fail',
    observe({
      placedOrders: [
        { ...placed('a'), attempts: [{ startMs: 0, endMs: 3000, region: 'us-east-1', outcome: 'timeout' }] },
      ],
    }),
  ],
  ['no-request-failed', 'no request at all', 'pass', observe()],
  ['expected-alarms-fired', 'both in time', 'pass', observe({ record: { alarms: inTime } })],
  ['expected-alarms-fired', 'one that is silent', 'fail', observe({ record: { alarms: inTime.slice(1) } })],
  [
    'expected-alarms-fired',
    'one that fired before the fault',
    'fail',
    observe({ record: { alarms: inTime.with(silentPeer, lane('us-west-2', 'peer-silent', 100)) } }),
  ],
  [
    'expected-alarms-fired',
    'one that is late',
    'fail',
    observe({ record: { alarms: inTime.with(silentPeer, lane('us-west-2', 'peer-silent', 900)) } }),
  ],
  ['expected-alarms-cleared', 'alarms that are OK again', 'pass', proven('OK')],
  ['expected-alarms-cleared', 'an alarm that stays', 'fail', proven('ALARM')],
  ['expected-alarms-cleared', 'alarms that never fired', 'fail', observe({ gameDay: replicationPaused })],
  ['expected-alarms-cleared', 'alarms that other days are to prove', 'pass', observe({ record: { alarms: inTime } })],
  ['no-other-alarm-fired', 'expected ones only', 'pass', observe({ record: { alarms: inTime } })],
  [
    'no-other-alarm-fired',
    'another one',
    'fail',
    observe({ record: { alarms: [lane('us-west-2', 'dead-letters', 300)] } }),
  ],
  [
    'no-other-alarm-fired',
    'one that cleared before the start',
    'pass',
    observe({ record: { alarms: [lane('us-west-2', 'dead-letters', -200)] } }),
  ],
  ['no-dead-letters', 'a dead letter', 'fail', observe({ record: { deadLetters: ['x'] } })],
  ['no-dead-letters', 'none', 'pass', observe()],
  ['declared-connections', 'no call at all', 'fail', observe({})],
  ['declared-connections', 'a declared call', 'pass', observe({ record: { calls: [call('intake', 'sqs', 'work')] } })],
  [
    'declared-connections',
    'a declared call of an API',
    'pass',
    observe({ record: { calls: [apiCall('fulfilment', 'POST/charges'), apiCall('caller', 'GET/orders/42')] } }),
  ],
  [
    'declared-connections',
    'a call nobody declared',
    'fail',
    observe({ record: { calls: [call('query', 'sqs', 'work')] } }),
  ],
  [
    'declared-connections',
    'a call of something unknown',
    'fail',
    observe({ record: { calls: [call('intake', 'sqs', 'elsewhere')] } }),
  ],
  [
    'declared-connections',
    'health that is asked without a signature by those who may',
    'pass',
    observe({
      record: { calls: [unsigned('route53', 'path/ready'), unsigned('tandem-sandbox-observer', 'path/live')] },
    }),
  ],
  [
    'declared-connections',
    'a region that asks the other for its health',
    'fail',
    observe({ record: { calls: [unsigned('tandem-sandbox-intake', 'path/ready')] } }),
  ],
  [
    'declared-connections',
    'a call to somewhere on the Internet',
    'fail',
    observe({ record: { calls: [unsigned('tandem-sandbox-fulfilment', 'v1/charges')] } }),
  ],
  [
    'declared-connections',
    'a client that charges',
    'fail',
    observe({ record: { calls: [apiCall('caller', 'POST/charges')] } }),
  ],
  ['operator-commands-worked', 'no command at all', 'fail', observe({ gameDay: evacuationDrill })],
  ['operator-commands-worked', 'a refused command', 'fail', afterCommands('done', 'refused')],
  ['operator-commands-worked', 'commands that are done', 'pass', afterCommands('done', 'done')],
  ['no-access-denied', 'a denied call', 'fail', observe({ record: { accessDenials: ['x'] } })],
  ['no-access-denied', 'none', 'pass', observe()],
  ['no-function-timed-out', 'a timeout', 'fail', observe({ record: { functionTimeouts: ['x'] } })],
  ['no-function-timed-out', 'none', 'pass', observe()],
  [
    'served-after-healing',
    'an order that expired during the fault',
    'pass',
    observe({ items: [item('a', 'EXPIRED')], placedOrders: [placed('a', { firstAttemptMs: LOSS })] }),
  ],
  [
    'served-after-healing',
    'an order that expired long after the fault',
    'fail',
    observe({ items: [item('a', 'EXPIRED')], placedOrders: [placed('a', { firstAttemptMs: START + 560_000 })] }),
  ],
  [
    'dns-stood-still',
    'one answer from before the start',
    'pass',
    observe({ record: { dnsAnswers: [{ fromSeconds: -200, region: 'us-east-1' }] } }),
  ],
  [
    'dns-stood-still',
    'another answer',
    'fail',
    observe({ record: { dnsAnswers: [{ fromSeconds: 20, region: 'us-west-2' }] } }),
  ],
  ['dns-follows-the-operator', 'a move during the evacuation', 'pass', movedAt(70)],
  ['dns-follows-the-operator', 'no move after the evacuation', 'fail', movedAt()],
  ['dns-follows-the-operator', 'a move before the evacuation', 'fail', movedAt(40, 70)],
  ['evacuated-automatically', 'a responder that is off', 'pass', observe({ gameDay: grayRegion })],
  ['evacuated-automatically', 'one that is off and acts', 'fail', observe({ gameDay: grayRegion, ...told(100) })],
  ['evacuated-automatically', 'one that acts in time', 'pass', observe({ gameDay: grayRegion, ...ON, ...told(100) })],
  ['evacuated-automatically', 'one that is late', 'fail', observe({ gameDay: grayRegion, ...ON, ...told(300) })],
  ['evacuated-automatically', 'one that does nothing', 'fail', observe({ gameDay: grayRegion, ...ON })],
  ['nothing-evacuated', 'an evacuation', 'fail', observe({ ...ON, ...told(100) })],
  ['nothing-evacuated', 'none', 'pass', observe(ON)],
  ['knee-as-predicted', 'the knee of five a second that two workers have', 'pass', withKnee(4.8)],
  ['knee-as-predicted', 'a knee far below it', 'fail', withKnee(4)],
  ['knee-as-predicted', 'a knee far above it', 'fail', withKnee(6)],
  ['knee-as-predicted', 'a load that never comes near it', 'fail', withKnee(5, 4.6)],
  ['not-called-off', 'a drill that was flown to its end', 'pass', observe({})],
  [
    'not-called-off',
    'one that paged somebody',
    'fail',
    observe({ calledOff: { atSeconds: 100, reason: 'orders-at-risk in us-west-2 is in ALARM' } }),
  ],
  ['calm-again', 'a region that is itself ten seconds later', 'pass', afterDrop((second) => (second < 90 ? 8 : 1))],
  ['calm-again', 'one that is late for half a minute', 'fail', afterDrop((second) => (second < 112 ? 16 : 1))],
  ['calm-again', 'one that stays late', 'fail', afterDrop(() => 20)],
  ['important-orders-first', 'all of the important ones', 'pass', overloadedWith(10, 3)],
  ['important-orders-first', 'as few of them as of the others', 'fail', overloadedWith(3, 3)],
  ['important-orders-first', 'a day on which all are served', 'fail', overloadedWith(10, 10)],
  ['survivor-keeps-serving', 'one that does what it can', 'pass', survived(8, 4.5, 'us-west-2', 429)],
  ['survivor-keeps-serving', 'one that breaks down', 'fail', survived(8, 2, 'us-west-2', 429)],
  [
    'survivor-keeps-serving',
    'one that is not asked for more than it can',
    'fail',
    survived(4.5, 4.5, 'us-west-2', 429),
  ],
  ['survivor-keeps-serving', 'a day without a loss', 'fail', observe({ gameDay: overloadedSurvivor })],
  ['survivor-stays-in-dns', 'refusals by the survivor alone', 'pass', survived(8, 4.5, 'us-west-2', 429)],
  ['survivor-stays-in-dns', 'callers sent to the lost region', 'fail', survived(8, 4.5, 'us-east-1', 429)],
  ['survivor-stays-in-dns', 'a day without a refusal', 'fail', survived(8, 4.5, 'us-west-2', 202)],
  [
    'override-followed',
    'the closed half that is refused until it is over',
    'pass',
    overridden((cohort, isOver) => cohort >= 0.5 && !isOver),
  ],
  ['override-followed', 'an override that nobody follows', 'fail', overridden(() => false)],
  ['override-followed', 'an override that does not end', 'fail', overridden((cohort) => cohort >= 0.5)],
  ['override-followed', 'the other half', 'fail', overridden((cohort, isOver) => cohort < 0.5 && !isOver)],
  ['converged', 'a world at rest', 'pass', observe()],
  ['converged', 'a world with a reason not to be', 'fail', observe({ pending: '3 orders are still open' })],
];

describe('Each check', () => {
  it.each(CASES)('%s, given %s: %s', (id, _what, verdict, observations) => {
    expect(CHECKS.get(id)!.judge(observations).verdict).toBe(verdict);
  });

  it('can pass and can fail', () => {
    const seen = new Set(CASES.map(([id, , verdict]) => `${id} ${verdict}`));
    const wanted = [...CHECKS.keys()].flatMap((id) => [`${id} pass`, `${id} fail`]);

    expect([...seen].toSorted()).toEqual(wanted.toSorted());
  });

  it('says in three sentences what it asks, what failed and why it matters', () => {
    for (const { title, failureTitle, description } of CHECKS.values()) {
      expect(title).not.toBe(failureTitle);
      expect(description.length).toBeGreaterThan(50);
    }
  });
});
