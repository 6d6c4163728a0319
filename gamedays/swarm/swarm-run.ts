import { NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import { RandomStream } from '../../simulator';
import type { FaultStep } from '../faults';
import type { GameDay, OperatorStep, OrderWorkload } from '../game-day';
import { drawFaults } from './draw-faults';

/** One run of the swarm as data: what is drawn, and all that is needed to fly it again. */
export interface SwarmRun {
  readonly seed: number;
  /** Context values that win over those of cdk.json. */
  readonly context: Readonly<Record<string, string>>;
  readonly ordersPerSecond: number;
  readonly declinedShare: number;
  /** @default 'plain-dns' */
  readonly client?: OrderWorkload['client'];
  /** @default 0 */
  readonly twinShare?: number;
  readonly durationSeconds: number;
  /** Commands may be refused by their guards: nothing is asked of them but that they break no promise. @default - none */
  readonly operatorSteps?: readonly OperatorStep[];
  readonly faults: readonly FaultStep[];
}

/** The embedded cloud lets everybody own every name. */
const DOMAIN = {
  'tandem:domainName': 'orders.example.com',
  'tandem:zoneName': 'example.com',
  'tandem:hostedZoneId': 'Z0123456789ABCDEFGHIJ',
};

/** What a run can be of. Each is synthesized once. */
export const SWARM_CONTEXTS: readonly SwarmRun['context'][] = [
  {},
  { 'tandem:primaryRegion': 'us-west-2', 'tandem:standbyRegion': 'us-east-1' },
  { 'tandem:primaryRegion': 'eu-west-1', 'tandem:standbyRegion': 'eu-central-1', 'tandem:witnessRegion': 'eu-west-2' },
  { 'tandem:stage': 'full', 'tandem:healthPath': 'swarm-0f2c9b7a61d84e35' },
  { 'tandem:consistency': 'strong' },
  { ...DOMAIN, 'tandem:routing': 'latency' },
  { ...DOMAIN, 'tandem:consistency': 'strong', 'tandem:routing': 'latency' },
];

const RATES_PER_SECOND = [1, 1.5, 2.5];
/** Faults end early enough for some orders to begin after the world has healed. */
const FAULTY_SHARE = 0.6;
const TWIN_RUNS_SHARE = 0.2;
const TWIN_SHARE = 0.1;
const EVACUATION_RUNS_SHARE = 0.2;

/** Draws a run of about so many orders. Each concern has a stream of chance of its own. */
export function drawSwarmRun(seed: number, orders: number): SwarmRun {
  const stream = (concern: string): RandomStream => new RandomStream(`${seed}/swarm/${concern}`);
  const workload = stream('workload');
  const callers = stream('callers');
  const ordersPerSecond = RATES_PER_SECOND[workload.below(RATES_PER_SECOND.length)]!;
  const durationSeconds = Math.ceil(orders / ordersPerSecond);
  return {
    seed,
    context: SWARM_CONTEXTS[stream('configuration').below(SWARM_CONTEXTS.length)]!,
    ordersPerSecond,
    declinedShare: workload.chance(0.5) ? 0.1 : 0,
    client: callers.chance(0.5) ? 'region-aware' : 'plain-dns',
    twinShare: callers.chance(TWIN_RUNS_SHARE) ? TWIN_SHARE : 0,
    durationSeconds,
    operatorSteps: drawEvacuation(stream('operator'), durationSeconds),
    faults: drawFaults(stream('faults'), Math.ceil(durationSeconds * FAULTY_SHARE)),
  };
}

/** Sometimes the primary is evacuated and taken back, whatever else goes on. */
function drawEvacuation(random: RandomStream, durationSeconds: number): OperatorStep[] {
  if (!random.chance(EVACUATION_RUNS_SHARE)) return [];
  const faultySeconds = Math.ceil(durationSeconds * FAULTY_SHARE);
  const atSeconds = random.below(Math.ceil(faultySeconds / 2));
  const backSeconds = atSeconds + 5 + random.below(faultySeconds - atSeconds);
  const drill = { region: 'primary', forceReason: 'The swarm has drawn it.' } as const;
  return [
    { ...drill, command: 'evacuate', atSeconds },
    { ...drill, command: 'failback', atSeconds: backSeconds },
  ];
}

/** The invariants that hold whatever happens, once the world has healed. */
export const SWARM_CHECKS = [
  ...ORDER_PROMISES,
  'told-once',
  'refused-without-effect',
  'served-after-healing',
  'no-function-timed-out',
  ...NO_RESIDUE,
] as const;

/**
 * Whether everything that is wrong in the run must not cost a single deadline: replies lost and messages doubled are what
 * retries and idempotency are for, and the rest does not touch an order. With two workers it holds for a calm pace only,
 * and up to a fifth of the replies: each lost one keeps a worker for one to three seconds. Of 24 flights at one order a
 * second, 26 s with three of ten replies lost let orders expire in five, and a fifth of them lost in none.
 */
export function isHarmless({ faults, ordersPerSecond, context, twinShare = 0, operatorSteps = [] }: SwarmRun): boolean {
  const isCalm = ordersPerSecond <= 1 || context['tandem:stage'] === 'full';
  return (
    isCalm &&
    twinShare === 0 &&
    operatorSteps.length === 0 &&
    faults.every((step) => HARMLESS_FAULTS.has(step.fault) || (step.fault === 'lose-replies' && step.share <= 0.2))
  );
}

const HARMLESS_FAULTS: ReadonlySet<FaultStep['fault']> = new Set([
  'duplicate-messages',
  'fail-control-plane',
  'lose-metrics',
  'pause-replication',
  'skew-clock',
]);

/** Long enough for health checks and caches to have seen the system once. */
const WARM_UP_SECONDS = 45;
/** Callers' patience, a takeover, two sweeps, and room. */
const CONVERGENCE_SECONDS_MAX = 400;

/** The run as a game day. */
export function swarmGameDay(run: SwarmRun): GameDay {
  const { ordersPerSecond, declinedShare, client, twinShare, durationSeconds, operatorSteps, faults } = run;
  const checks = isHarmless(run) ? [...SWARM_CHECKS, 'nothing-expired'] : SWARM_CHECKS;
  return {
    name: 'swarm',
    title: 'A run of the swarm',
    hypothesis: 'Whatever is drawn, the promises to customers hold once the world has healed.',
    blastRadius: 'Nobody: it is flown in the embedded cloud only.',
    isNeverCalledOff: true,
    warmUpSeconds: WARM_UP_SECONDS,
    durationSeconds,
    convergenceSecondsMax: CONVERGENCE_SECONDS_MAX,
    workload: {
      ordersPerSecond,
      declinedShare,
      readShare: 0.4,
      readAfterSeconds: 3,
      mistakenShare: 0.05,
      ...(client === undefined ? {} : { client }),
      ...(twinShare === undefined ? {} : { twinShare }),
    },
    faults,
    ...(operatorSteps === undefined ? {} : { operatorSteps }),
    expectations: { checks, mustFire: [], mayFire: [] },
  };
}

/** The same run with some of its faults only. @param indexes into the faults of the run */
export function withFaults(run: SwarmRun, indexes: readonly number[]): SwarmRun {
  return { ...run, faults: indexes.map((index) => run.faults[index]!) };
}

/** The seeds of the runs of one swarm. */
export function runSeeds(swarmSeed: number, count: number): number[] {
  const stream = new RandomStream(`${swarmSeed}/swarm/runs`);
  return Array.from({ length: count }, () => stream.uint32());
}

/** The command that flies a run again. */
export function replayOf(seed: number, orders: number, faults?: readonly number[]): string {
  const chosen = faults === undefined ? '' : ` --faults ${faults.length === 0 ? 'none' : faults.join(',')}`;
  return `npm run -s tandem -- gameday swarm --run-seed ${seed} --orders ${orders}${chosen}`;
}
