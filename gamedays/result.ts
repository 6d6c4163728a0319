import type { RunCost } from '../operations/cost';

export type { RunCost };

/**
 * The one document between running and reporting. Times are virtual seconds from the start of the game day, unless a
 * name says otherwise. A reader must refuse a `schemaVersion` it does not know.
 */
export interface GameDayResult {
  readonly schemaVersion: 1;
  readonly gameDay: {
    readonly name: string;
    readonly title: string;
    readonly hypothesis: string;
    readonly durationSeconds: number;
  };
  readonly seed: number;
  /** Everything that was drawn or chosen before the run, for the reader and for the replay. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly regions: { readonly primary: string; readonly standby: string; readonly witness: string };
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly recovery: RecoveryObjectives;
  readonly orders: OrderCounts;
  /** As far as they were at work: a drill that is called off ends them. */
  readonly faults: readonly FaultBand[];
  readonly timeline: readonly TimelineEntry[];
  readonly alarms: readonly AlarmLane[];
  readonly notifications: readonly Notification[];
  readonly dnsAnswers: readonly DnsAnswer[];
  readonly series: readonly Series[];
  readonly trace: { readonly digest: string; readonly lines: number };
  /** @default - the target cannot tell */
  readonly access?: AccessRecord;
  /** The command that runs exactly this again. */
  readonly replay: string;
  /** What the day would have cost in an account. @default - the target cannot tell */
  readonly cost?: RunCost;
  /** @default - the day has none, or it was not asked for */
  readonly counterpart?: CounterpartResult;
}

/** The same day without what it shows. */
export interface CounterpartResult {
  /** What was missing, in words that follow "without". */
  readonly without: string;
  readonly durationSeconds: number;
  readonly recovery: RecoveryObjectives;
  readonly faults: readonly FaultBand[];
  /** Those of the chart `done-in-time` alone. */
  readonly series: readonly Series[];
  readonly trace: GameDayResult['trace'];
}

export type Verdict = 'pass' | 'fail';

/** A check after its judgement. Title and description stand for themselves without the code. */
export interface CheckResult {
  readonly id: string;
  readonly verdict: Verdict;
  /** A sentence: what holds when the check passes, or what is wrong when it fails. */
  readonly title: string;
  /** Why one should care. */
  readonly description: string;
  /** What was measured, with its unit. */
  readonly measured: string;
  /** What was asked for, with its unit. */
  readonly bar: string;
  /** The cases behind a failure, at most a few. */
  readonly details: readonly string[];
}

export interface RecoveryObjectives {
  /** From the loss, or from an order's first attempt if later, to its first success. Absent without a fault. */
  readonly recoveryTime?: {
    /** `null` when the order at that rank never succeeded. */
    readonly p50Seconds: number | null;
    readonly p99Seconds: number | null;
    readonly maxSeconds: number | null;
    /** What the game day allows at p99. @default - no bar */
    readonly p99BarSeconds?: number;
    readonly orders: number;
  };
  /** What was acknowledged and not readable in the survivor at the moment of the loss. Absent without a fault. */
  readonly recoveryPoint?: { readonly orders: number; readonly oldestAgeSeconds: number };
  /** From the end of the cause until everybody was served as before; `null` when not within the day. Absent where nobody asks. */
  readonly calmAfterSeconds?: number | null;
}

export interface OrderCounts {
  /** Orders whose client began to place them. */
  readonly offered: number;
  readonly acknowledged: number;
  /** Orders whose client got a final answer that was no acknowledgement. */
  readonly refused: number;
  readonly confirmed: number;
  readonly rejected: number;
  readonly expired: number;
  /** Acknowledged and without an outcome after healing. */
  readonly lost: number;
  /** Charges at the provider, over all ledgers. */
  readonly charges: number;
}

export interface FaultBand {
  readonly name: string;
  readonly title: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly region?: string;
}

export interface TimelineEntry {
  readonly atSeconds: number;
  readonly kind: 'fault' | 'heal' | 'operator' | 'health-check' | 'dns' | 'alarm' | 'milestone';
  readonly text: string;
  readonly region?: string;
}

export interface AlarmLane {
  readonly region: string;
  readonly alarmName: string;
  readonly severity: 'page' | 'ticket';
  readonly intervals: readonly AlarmInterval[];
}

/** An alarm that is in ALARM. */
export type ActiveAlarm = Pick<AlarmLane, 'region' | 'alarmName' | 'severity'>;

/**
 * Before the start nobody orders and caches are cold: what fires then belongs to the settling in, unless it stays for so
 * long. A system without orders is what an alarm looks for, and it looks back five minutes.
 */
export const SETTLING_SECONDS = 300;

export const isSettlingIn = ({ fromSeconds, toSeconds }: AlarmInterval): boolean =>
  fromSeconds < 0 && toSeconds <= SETTLING_SECONDS;

export interface AlarmInterval {
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly reason: string;
}

export interface Notification {
  readonly atSeconds: number;
  readonly region: string;
  readonly topic: string;
  readonly subject: string;
  readonly message: string;
}

/** What DNS answers for the service's name from this moment on. */
export interface DnsAnswer {
  readonly fromSeconds: number;
  readonly region: string;
}

/** What the system was allowed to do and did, and what it was denied. */
export interface AccessRecord {
  readonly grants: readonly FunctionGrant[];
  /** Each kind of call that was denied, once: who, which action, on what. */
  readonly denials: readonly string[];
}

/** One action on one resource that a function of the system may call. */
export interface FunctionGrant {
  /** The two regions have functions of one name. */
  readonly functionName: string;
  readonly action: string;
  /** As the policy has it, with its wildcards. */
  readonly resource: string;
  /** Whether a call of that day was one of these. */
  readonly isUsed: boolean;
}

export interface Series {
  /** Series of one chart share it: `requests`, `latency`, `queue`. */
  readonly chart: string;
  readonly name: string;
  readonly unit: string;
  readonly region?: string;
  readonly points: readonly (readonly [seconds: number, value: number | null])[];
}
