import type { RandomStream } from '../../simulator';
import type { FaultStep, NetworkService, Place } from '../faults/fault-step';

/** When a fault begins and ends. */
type Window = Pick<FaultStep, 'fromSeconds' | 'toSeconds'>;

/** A kind of fault as the swarm draws it: everything but its time. */
type Draw = (random: RandomStream, window: Window) => FaultStep;

const REGIONS = ['primary', 'standby'] as const;
const SERVICES: readonly NetworkService[] = ['dynamodb', 'sqs', 'execute-api'];
const PAIRS: readonly (readonly [Place, Place])[] = [
  ['primary', 'standby'],
  ['primary', 'witness'],
  ['standby', 'witness'],
  ['callers', 'primary'],
  ['callers', 'standby'],
];

function pick<T>(random: RandomStream, values: readonly T[]): T {
  return values[random.below(values.length)]!;
}

/** A share with two digits, so that a replay can be read. */
function share(random: RandomStream, low: number, high: number): number {
  return Math.round(random.uniform(low, high) * 100) / 100;
}

/**
 * Twice in the list is drawn twice as often. Clocks differ by at most the two seconds that the system is built for, and
 * a provider never lies: what nobody promises to survive is not drawn.
 */
const DRAWS: readonly Draw[] = [
  (random, window) => ({ ...window, fault: 'isolate-region', region: 'primary' }),
  (random, window) => ({ ...window, fault: 'isolate-region', region: pick(random, REGIONS) }),
  (random, window) => ({ ...window, fault: 'partition', between: pick(random, PAIRS) }),
  (random, window) => ({ ...window, fault: 'partition', between: pick(random, PAIRS) }),
  (random, window) => ({
    ...window,
    fault: 'lose-replies',
    region: pick(random, REGIONS),
    share: share(random, 0.05, 0.6),
  }),
  (random, window) => ({
    ...window,
    fault: 'delay',
    region: pick(random, [...REGIONS, 'witness']),
    service: pick(random, SERVICES),
    delayMs: 100 * (1 + random.below(40)),
    share: share(random, 0.1, 1),
  }),
  (random, window) => ({
    ...window,
    fault: 'partition-checkers',
    region: pick(random, REGIONS),
    checkerRegions: pick(random, [1, 2, 3]),
  }),
  (random, window) => ({
    ...window,
    fault: 'fail-service',
    region: pick(random, [...REGIONS, 'witness']),
    service: 'dynamodb',
    answer: pick(random, ['throttled', 'down', 'executed-and-down']),
    share: share(random, 0.1, 1),
  }),
  (random, window) => ({
    ...window,
    fault: 'fail-service',
    region: pick(random, REGIONS),
    service: 'sqs',
    answer: pick(random, ['throttled', 'down', 'executed-and-down']),
    share: share(random, 0.1, 1),
  }),
  (random, window) => ({
    ...window,
    fault: 'fail-payments',
    answer: pick(random, ['slow', 'down', 'nonsense', 'executed-and-nonsense']),
    share: share(random, 0.1, 1),
    delayMs: 1_000 * (1 + random.below(6)),
  }),
  (random, window) => ({ ...window, fault: 'fail-control-plane', region: pick(random, REGIONS) }),
  (random, window) => ({
    ...window,
    fault: 'duplicate-messages',
    region: pick(random, REGIONS),
    // A second copy counts its receives on from the first: with a large share they would never end.
    share: share(random, 0.05, 0.3),
  }),
  (random, window) => ({ ...window, fault: 'pause-replication', from: pick(random, [...REGIONS, 'both']) }),
  (random, window) => ({ ...window, fault: 'lose-metrics', region: pick(random, REGIONS) }),
  (random, window) => ({
    ...window,
    fault: 'skew-clock',
    region: pick(random, REGIONS),
    skewMs: Math.round(random.uniform(-1_000, 1_000)),
  }),
  (random, window) => ({
    ...window,
    fault: 'kill-environments',
    region: pick(random, REGIONS),
    share: share(random, 0.02, 0.3),
  }),
];

const FAULTS_MAX = 4;
const FAULT_SECONDS_MIN = 5;
const FAULT_SECONDS_MEAN = 70;

/** A few faults with windows that begin and end within so many seconds. */
export function drawFaults(random: RandomStream, durationSeconds: number): FaultStep[] {
  const count = random.below(FAULTS_MAX + 1);
  const steps: FaultStep[] = [];
  while (steps.length < count) {
    const fromSeconds = random.below(Math.ceil(durationSeconds * 0.7));
    const lengthSeconds = Math.round(FAULT_SECONDS_MIN + random.exponential(FAULT_SECONDS_MEAN));
    const toSeconds = Math.min(durationSeconds, fromSeconds + lengthSeconds);
    const step = pick(random, DRAWS)(random, { fromSeconds, toSeconds });
    if (!steps.some((other) => isSameFault(other, step))) steps.push(step);
  }
  return steps.sort((left, right) => left.fromSeconds - right.fromSeconds);
}

// A fault is a state, so two of one kind in one place would be healed by the first that ends.
function isSameFault(left: FaultStep, right: FaultStep): boolean {
  return left.fault === right.fault && placeOf(left) === placeOf(right);
}

function placeOf(step: FaultStep): string {
  if (step.fault === 'pause-replication') return 'everywhere';
  if ('between' in step) return step.between.join('|');
  return `${'region' in step ? step.region : ''}/${'service' in step ? step.service : ''}`;
}
