import type { Stage } from '../../blueprint/capacity';
import type { Configuration } from '../../blueprint/configuration';
import type { CustomerPlan } from '../../blueprint/customer-plans';
import type { SwitchOutcome } from '../../operations/region-switch';
import type { ClientPlatform, RequestAuthorizer } from '../../client';
import type { FaultStep, OperatorStep, RegionRole } from '../game-day';
import type {
  ActiveAlarm,
  AlarmLane,
  DnsAnswer,
  FunctionGrant,
  Notification,
  RunCost,
  Series,
  TimelineEntry,
} from '../result';

/** One item of a table, as plain values. */
export type TableItem = Readonly<Record<string, unknown>>;

/** Who has called what. The caller is a function's name, or that of another identity. */
export interface ObservedCall {
  readonly caller: string;
  readonly action: string;
  /** The ARN, or the URL of a call under no identity. */
  readonly resource: string;
}

/** What a target has seen by the end, apart from tables. */
export interface TargetRecord {
  readonly alarms: readonly AlarmLane[];
  readonly notifications: readonly Notification[];
  readonly dnsAnswers: readonly DnsAnswer[];
  readonly timeline: readonly TimelineEntry[];
  readonly series: readonly Series[];
  /** How often the system says it has accepted a new order, over both regions. */
  readonly acceptedOrders: number;
  /** Each call that an identity was not allowed to make: who, what, on which resource. */
  readonly accessDenials: readonly string[];
  /** What functions may do. @default - the target cannot tell which of it they have done */
  readonly grants?: readonly FunctionGrant[];
  /** Each kind of call that was made under an identity and allowed, once. */
  readonly calls: readonly ObservedCall[];
  /** Each invocation that its function's own timeout has ended: when, where, and which function. */
  readonly functionTimeouts: readonly string[];
  /** Each message left in a dead-letter queue: the queue and the body. */
  readonly deadLetters: readonly string[];
  readonly trace: { readonly digest: string; readonly lines: number };
  /** @default - the target cannot tell */
  readonly cost?: RunCost;
}

/** What became of a command, and what it told the person. */
export interface OperatorReport {
  readonly step: OperatorStep;
  /** As a person would type it, such as `switch evacuate us-east-1`. */
  readonly command: string;
  /** The region that it is about. */
  readonly region: string;
  readonly outcome: SwitchOutcome;
  readonly said: readonly string[];
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * A system that a game day can be flown on. The embedded cloud is one; a deployed system is to be another, without a
 * change to scenarios, checks or report.
 */
export interface GameDayTarget {
  readonly stage: Stage;
  readonly regions: Readonly<Record<RegionRole | 'witness', string>>;
  /** How DNS chooses between the regions. */
  readonly routing: Configuration['routing'];
  /** What was chosen at its deployment. */
  readonly configuration: Pick<Configuration, 'routing' | 'consistency' | 'customDomain' | 'automation' | 'footprint'>;
  /** The service's name in DNS. */
  readonly serviceName: string;
  /** Each serving region's own host, by region. */
  readonly regionHosts: Readonly<Record<string, string>>;
  /** What makes a request one of this customer's: the signature of a back end, or the customer's own token. */
  authorizerOf(customerId: string): RequestAuthorizer;
  /**
   * The world as one caller sees it, with a DNS cache of its own. The caller is outside of every region.
   * @param near the serving region that is the nearest to the caller @default - all are equally far
   * @param dnsPinSeconds how long the caller keeps an answer of DNS at least @default - its time to live
   */
  caller(name: string, near?: RegionRole, dnsPinSeconds?: number): ClientPlatform;
  /** Chance for the workload, by concern. */
  random(concern: string): () => number;
  /** Seconds since the start of the game day; negative while warming up. */
  nowSeconds(): number;
  /** Milliseconds since 1970 at that second of the game day. */
  epochMsAt(seconds: number): number;
  /** Lets the time run until then. */
  advanceTo(seconds: number): Promise<void>;
  /** What customers have agreed on before anything happens. */
  agreePlans(customerIds: readonly string[], plan: CustomerPlan): void;
  apply(step: FaultStep): void;
  /** Starts a command of the runbooks; it ends when time has run. */
  operate(step: OperatorStep): Promise<OperatorReport>;
  heal(step: FaultStep): void;
  /** All items of the orders table as that region's replica has them now. */
  readOrders(region: string): Promise<readonly TableItem[]>;
  /** All entries of all ledgers of the payment provider. */
  readLedgers(): Promise<readonly TableItem[]>;
  /** All records of both regions' audit tables. */
  readAuditRecords(): Promise<readonly TableItem[]>;
  /** The alarms that are in ALARM now. */
  activeAlarms(): readonly ActiveAlarm[];
  /** Why the world is not at rest yet, or undefined when it is. */
  pending(): string | undefined;
  /** Ends the run with an error that nobody awaits. */
  fail(error: unknown): void;
  record(): TargetRecord;
}
