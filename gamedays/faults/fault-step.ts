import type { ServiceName } from '../../blueprint/services';

/** A role of the system that a scenario speaks of, so that it holds for every pair of regions. */
export type RegionRole = 'primary' | 'standby';

/** Where a fault can strike: a serving region, the witness, or outside of all regions, where the callers are. */
export type Place = RegionRole | 'witness' | 'callers';

/** A fault with its reverse, as data: it is applied at one second of the game day, and taken away at another. */
export type FaultStep =
  | IsolateRegion
  | Partition
  | LoseReplies
  | Delay
  | PartitionCheckers
  | FailService
  | FailPayments
  | FailControlPlane
  | DuplicateMessages
  | PauseReplication
  | LoseMetrics
  | SkewClock
  | KillEnvironments
  | PoisonMessage
  | CrashFunctions
  | InjectMetric;

interface FaultWindow {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

interface RegionalFault extends FaultWindow {
  readonly region: RegionRole;
}

/** Nothing crosses the border of the region, in either direction; inside it everything goes on. */
export interface IsolateRegion extends RegionalFault {
  readonly fault: 'isolate-region';
}

/** Nothing passes between the two places, replication included; both still reach everybody else. */
export interface Partition extends FaultWindow {
  readonly fault: 'partition';
  readonly between: readonly [Place, Place];
}

/** A share of all requests that leave or enter the region is executed, and the reply is lost. */
export interface LoseReplies extends RegionalFault {
  readonly fault: 'lose-replies';
  /** From 0 to 1. */
  readonly share: number;
}

/** A share of all requests to the region's services takes longer, there and back together. */
export interface Delay extends FaultWindow {
  readonly fault: 'delay';
  readonly region: RegionRole | 'witness';
  /** @default - every service of the region */
  readonly service?: NetworkService;
  readonly delayMs: number;
  readonly share: number;
}

/** Some of the regions from which Route 53 checks cannot reach the region; everybody else can. */
export interface PartitionCheckers extends RegionalFault {
  readonly fault: 'partition-checkers';
  /** How many of the three. */
  readonly checkerRegions: 1 | 2 | 3;
}

export type NetworkService = 'dynamodb' | 'sqs' | 'execute-api';

/** A share of all calls of a service in the region fails. */
export interface FailService extends FaultWindow {
  readonly fault: 'fail-service';
  readonly region: RegionRole | 'witness';
  readonly service: 'dynamodb' | 'sqs';
  /**
   * `throttled`: refused for load, with the service's own error. `down`: answered 500 and not executed.
   * `executed-and-down`: answered 500 after it has taken effect.
   */
  readonly answer: 'throttled' | 'down' | 'executed-and-down';
  readonly share: number;
}

/** The payment provider is slow, down, or answers what makes no sense. It never lies about a charge. */
export interface FailPayments extends FaultWindow {
  readonly fault: 'fail-payments';
  /**
   * `slow`: late by `delayMs`. `down`: answers 503 and does nothing. `nonsense`: answers 200 with a body that is no answer, and does
   * nothing. `executed-and-nonsense`: the same after it has charged or voided.
   */
  readonly answer: 'slow' | 'down' | 'nonsense' | 'executed-and-nonsense';
  readonly share: number;
  /** For `slow`. @default 3000 */
  readonly delayMs?: number;
}

/** Whatever creates, changes or describes resources in the region is answered 503. What is deployed goes on. */
export interface FailControlPlane extends RegionalFault {
  readonly fault: 'fail-control-plane';
}

/** A share of the messages that the region's queues hand out is handed out a second time. */
export interface DuplicateMessages extends RegionalFault {
  readonly fault: 'duplicate-messages';
  readonly share: number;
}

/** Global tables stop replicating, in one direction or in both. What is written meanwhile arrives later. */
export interface PauseReplication extends FaultWindow {
  readonly fault: 'pause-replication';
  /** The region whose writes do not arrive in the other. */
  readonly from: RegionRole | 'both';
}

/** CloudWatch takes in nothing in the region, neither metrics of services nor logged ones. They are lost for good. */
export interface LoseMetrics extends FaultWindow {
  readonly fault: 'lose-metrics';
  readonly region: RegionRole | 'witness';
}

/** The clocks of all execution environments of the region are wrong by so much. */
export interface SkewClock extends RegionalFault {
  readonly fault: 'skew-clock';
  /** Positive is fast. The system is built for two seconds between two regions. */
  readonly skewMs: number;
}

/** The execution environment of a share of all invocations dies in the middle of its work. */
export interface KillEnvironments extends RegionalFault {
  readonly fault: 'kill-environments';
  readonly share: number;
}

/** A message that no worker can read is put on the region's work queue. Healing does not take it away: a person does. */
export interface PoisonMessage extends RegionalFault {
  readonly fault: 'poison-message';
}

/** A share of all invocations of some services ends in an error of the function, as after a bad deployment of them. */
export interface CrashFunctions extends RegionalFault {
  readonly fault: 'crash-functions';
  readonly services: readonly ServiceName[];
  readonly share: number;
}

/** What only AWS can cause, such as the age of a certificate: the metric that an alarm watches says so, again and again. */
export interface InjectMetric extends FaultWindow {
  readonly fault: 'inject-metric';
  readonly region: RegionRole | 'witness' | 'routing';
  /** The id of the alarm, of one metric. Where the configuration has no such alarm nothing is injected. */
  readonly alarm: string;
  readonly value: number;
  /** What the metric says once, when it is over. @default - nothing */
  readonly healedValue?: number;
}
