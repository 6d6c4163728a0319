import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { burnAlarms, mayFire } from '../may-fire';

const day: GameDay = {
  name: 'dynamodb-throttled',
  title: "The primary's tables refuse for load",
  hypothesis:
    'When half of all calls of DynamoDB are throttled, the region is not taken for dead, callers repeat, and no acknowledged order is lost.',
  blastRadius: 'Callers of the primary, who wait and repeat.',
  warmUpSeconds: 300,
  durationSeconds: 720,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [
    {
      fault: 'fail-service',
      region: 'primary',
      service: 'dynamodb',
      answer: 'throttled',
      share: 0.5,
      fromSeconds: 60,
      toSeconds: 300,
    },
    // The calls are refused on their way to the table, which therefore does not count them.
    {
      fault: 'inject-metric',
      region: 'primary',
      alarm: 'table-throttles',
      value: 20,
      fromSeconds: 60,
      toSeconds: 300,
    },
  ],
  expectations: {
    checks: [...ORDER_PROMISES, 'dns-stood-still', ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [
      { region: 'primary', alarm: 'table-throttles', withinSeconds: 300 },
      { region: 'primary', alarm: 'intake-server-errors', withinSeconds: 300 },
      { region: 'primary', alarm: 'orders-at-risk', withinSeconds: 300 },
    ],
    mayFire: [
      ...mayFire(
        'primary',
        'order-latency',
        'work-queue-age',
        'fulfilment-errors',
        'payment-breaker',
        'peer-silent',
        'intake-latency',
        'orders-taken-over',
        'stuck-orders',
        ...burnAlarms('acceptance'),
        ...burnAlarms('decision'),
        // Workers that repeat their writes take seconds over an order, and what they cannot take is refused.
        ...burnAlarms('normal-acceptance'),
      ),
      ...mayFire('standby', 'peer-silent', 'peer-failing', 'orders-taken-over'),
      ...mayFire('witness', 'primary-unseen'),
    ],
  },
};

/** DynamoDB refuses half of all calls of the primary for load. */
export const dynamodbThrottled: GameDay = {
  ...day,
  withAutomation: {
    hypothesis:
      'When half of all calls of DynamoDB are throttled, the responder moves callers to the standby, no acknowledged order is lost, and a person takes the region back once the switch has rested.',
    durationSeconds: 1_380,
    operatorSteps: [{ command: 'failback', region: 'primary', atSeconds: 870 }],
    expectations: {
      checks: [
        'evacuated-automatically',
        'operator-commands-worked',
        ...ORDER_PROMISES,
        ...ALARMS_AS_EXPECTED,
        ...NO_RESIDUE,
      ],
      evacuationWithinSeconds: 180,
      mustFire: [
        ...day.expectations.mustFire,
        // Chance decides which calls are refused: soon enough is what the evacuation can still follow.
        { region: 'standby', alarm: 'peer-failing', withinSeconds: 170 },
        { region: 'standby', alarm: 'peer-lost', withinSeconds: 170 },
        // An evacuation that is just in time, a minute until DNS is asked again, and a full minute of orders.
        { region: 'standby', alarm: 'standby-serving', withinSeconds: 300 },
        { region: 'standby', alarm: 'traffic-moved', withinSeconds: 300 },
      ],
      mayFire: [
        ...day.expectations.mayFire,
        ...mayFire('primary', 'evacuated', 'orders-too-low'),
        ...mayFire('standby', 'evacuated'),
        ...mayFire('routing', 'primary-health-check'),
      ],
    },
  },
};
