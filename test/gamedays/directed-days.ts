import type { GameDay } from '../../gamedays';

const CALM = { ordersPerSecond: 1, declinedShare: 0, readShare: 0, readAfterSeconds: 3 };

/** Drills that are aimed at one seeded defect each: a random fault would find them, after very many runs. */
const directed = (name: string, change: Partial<GameDay>): GameDay => ({
  name,
  title: name,
  hypothesis: 'The defect is found.',
  blastRadius: 'Nobody.',
  warmUpSeconds: 60,
  durationSeconds: 180,
  convergenceSecondsMax: 400,
  workload: CALM,
  faults: [],
  expectations: { checks: [], mustFire: [], mayFire: [] },
  ...change,
});

/** The primary answers, but its tables do not: only a deep check takes it out of DNS. */
export const deadDependency = directed('dead-dependency', {
  faults: [
    {
      fault: 'fail-service',
      region: 'primary',
      service: 'dynamodb',
      answer: 'down',
      share: 1,
      fromSeconds: 30,
      toSeconds: 150,
    },
  ],
  expectations: { checks: ['recovery-time'], mustFire: [], mayFire: [], recoveryTimeP99SecondsMax: 60 },
});

/** More than the public API lets through: what is refused must not look like a sick region. */
export const trafficFlood = directed('traffic-flood', {
  durationSeconds: 45,
  convergenceSecondsMax: 30,
  workload: { ...CALM, ordersPerSecond: 30 },
  expectations: { checks: ['dns-stood-still'], mustFire: [], mayFire: [] },
});

/** A message that nobody can work ends in the dead-letter queue, and somebody is told. */
export const poisonMessage = directed('poison-message', {
  durationSeconds: 400,
  workload: { ...CALM, ordersPerSecond: 0.1 },
  faults: [{ fault: 'poison-message', region: 'primary', fromSeconds: 1, toSeconds: 390 }],
  expectations: {
    checks: ['expected-alarms-fired'],
    mustFire: [{ region: 'primary', alarm: 'dead-letters', withinSeconds: 360 }],
    mayFire: [],
  },
});
