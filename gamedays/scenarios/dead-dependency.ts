import { ALARMS_AS_EXPECTED, NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { GameDay } from '../game-day';
import { burnAlarms, mayFire } from '../may-fire';

const day: GameDay = {
  name: 'dead-dependency',
  title: "The primary's tables are down",
  hypothesis:
    'When no table of the primary answers, its deep check takes it out of DNS, callers are served by the standby within 60 seconds, and only orders expire that were in flight.',
  blastRadius: 'Callers of the primary until DNS has moved.',
  warmUpSeconds: 300,
  durationSeconds: 780,
  convergenceSecondsMax: 600,
  workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
  faults: [
    {
      fault: 'fail-service',
      region: 'primary',
      service: 'dynamodb',
      answer: 'down',
      share: 1,
      fromSeconds: 60,
      toSeconds: 300,
    },
  ],
  expectations: {
    checks: [...ORDER_PROMISES, 'expired-only-in-flight', 'recovery-time', ...ALARMS_AS_EXPECTED, ...NO_RESIDUE],
    mustFire: [
      { region: 'standby', alarm: 'peer-failing', withinSeconds: 120 },
      { region: 'standby', alarm: 'peer-lost', withinSeconds: 120 },
      { region: 'standby', alarm: 'standby-serving', withinSeconds: 240 },
      { region: 'standby', alarm: 'traffic-moved', withinSeconds: 240 },
      { region: 'witness', alarm: 'primary-unseen', withinSeconds: 180 },
      { region: 'witness', alarm: 'region-unseen', withinSeconds: 180 },
      { region: 'routing', alarm: 'primary-health-check', withinSeconds: 300 },
    ],
    mayFire: [
      ...mayFire(
        'primary',
        'intake-server-errors',
        'peer-silent',
        'fulfilment-errors',
        'work-queue-age',
        'orders-too-low',
        'orders-taken-over',
        'order-latency',
        'stuck-orders',
        'intake-latency',
        ...burnAlarms('acceptance'),
        ...burnAlarms('decision'),
      ),
      // Callers who were turned away by the primary come all at once, and two workers cannot take what they ask for.
      ...mayFire('standby', 'peer-silent', 'orders-taken-over', 'order-latency', ...burnAlarms('normal-acceptance')),
    ],
    recoveryTimeP99SecondsMax: 60,
  },
};

/** The primary answers, but its tables do not: only a deep check takes it out of DNS. */
export const deadDependency: GameDay = {
  ...day,
  withAutomation: {
    hypothesis:
      'When no table of the primary answers, callers are served by the standby within 60 seconds; the responder sees to it that they stay there, only orders expire that were in flight, and a person takes the region back once the switch has rested.',
    durationSeconds: 1_380,
    operatorSteps: [{ command: 'failback', region: 'primary', atSeconds: 870 }],
    expectations: {
      ...day.expectations,
      checks: ['evacuated-automatically', 'operator-commands-worked', ...day.expectations.checks],
      evacuationWithinSeconds: 180,
      mayFire: [...day.expectations.mayFire, ...mayFire('primary', 'evacuated'), ...mayFire('standby', 'evacuated')],
    },
  },
};
