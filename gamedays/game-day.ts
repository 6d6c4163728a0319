import type { CustomerPlan } from '../blueprint/customer-plans';
import type { LoadSheddingPolicy } from '../blueprint/load-shedding';
import type { PerClass } from '../blueprint/priorities';
import type { FaultStep, RegionRole } from './faults/fault-step';

export type { FaultStep, RegionRole } from './faults/fault-step';

/** A drill as data: what is believed, what is done to the system, and what must be seen. */
export interface GameDay {
  /** Settings it is about, by their key in the context. What the command line says wins. @default - those of cdk.json */
  readonly settings?: Readonly<Record<string, string>>;
  /** It is flown on the app as it ships, of another size. @default - as the stage has it */
  readonly scale?: GameDayScale;
  /** The name on the command line, in runbooks and in reports. */
  readonly name: string;
  readonly title: string;
  /** One sentence that the run can refute. */
  readonly hypothesis: string;
  /** Who would feel it if the hypothesis were wrong. */
  readonly blastRadius: string;
  /** Virtual time before the clock starts, in which alarms and caches settle. */
  readonly warmUpSeconds: number;
  readonly durationSeconds: number;
  /** After the duration the world has this long to converge. */
  readonly convergenceSecondsMax: number;
  /** How many seeds of a sweep over several game days this one flies, when a run of it is long. @default - all of them */
  readonly sweepSeedsMax?: number;
  readonly workload: OrderWorkload;
  readonly faults: readonly FaultStep[];
  /** What the person who runs the system does meanwhile. @default - nothing */
  readonly operatorSteps?: readonly OperatorStep[];
  readonly expectations: Expectations;
  /** It hurts nobody, whatever happens. @default - what it expects says what calls it off: `stop-conditions.ts` */
  readonly isNeverCalledOff?: true;
  /** What is otherwise while the responder acts: it moves callers, and a person takes the region back. @default - nothing */
  readonly withAutomation?: AutomatedDay;
  /** What the day would be without what it shows, for its report. Only for a day that expects calm. @default - not flown */
  readonly counterpart?: Counterpart;
}

/** What takes the place of the day's own with `tandem:automation=on`. */
type AutomatedDay = Pick<GameDay, 'hypothesis' | 'durationSeconds' | 'operatorSteps' | 'expectations'>;

/** The same day once more, on a system that lacks something. */
export interface Counterpart {
  /** What it lacks, in words that follow "without". */
  readonly without: string;
  /** Changes of the policy as it ships. */
  readonly loadShedding: Partial<LoadSheddingPolicy>;
  /** How long callers come and the world is watched: without it, calm takes longer. */
  readonly durationSeconds: number;
  readonly faults: readonly FaultStep[];
}

/** So many workers a region, each of which is planned to take so long for an order; the fence is out of the way. */
export interface GameDayScale {
  readonly workers: number;
  readonly orderMs: number;
}

/** A command of the runbooks, run at that second as a person would, except that nobody asks for confirmation. */
export type OperatorStep = SwitchStep | SetSwitchStep | SetPlanStep | RedriveStep | SetShedStep;

/** Moves the dead letters of the region back to its work queue. */
export interface RedriveStep {
  readonly command: 'redrive';
  readonly region: RegionRole;
  readonly atSeconds: number;
}

export interface SwitchStep {
  readonly command: 'evacuate' | 'failback';
  readonly region: RegionRole;
  readonly atSeconds: number;
  /** Overrules the guards that can be overruled, such as the dwell time. @default - they hold */
  readonly forceReason?: string;
}

/** The item of the switch is written by hand, past every guard of the command: the position of one region, in the other one. */
export interface SetSwitchStep {
  readonly command: 'set-switch';
  readonly region: RegionRole;
  readonly isEvacuated: boolean;
  readonly atSeconds: number;
}

/** A region is opened to each class of orders as far as is ordered, in place of its regulator. */
export interface SetShedStep {
  readonly command: 'set-shed';
  readonly region: RegionRole;
  /** From 0 to 1, the most important class first. */
  readonly open: PerClass<number>;
  readonly minutes: number;
  readonly atSeconds: number;
}

/** A customer is given a plan, in the region that writes plans. */
export interface SetPlanStep {
  readonly command: 'set-plan';
  readonly customerId: string;
  readonly plan: CustomerPlan;
  readonly atSeconds: number;
}

/** From that second on there are so many. */
export interface LoadStep {
  readonly fromSeconds: number;
  readonly ordersPerSecond: number;
}

/** Independent callers who place orders over plain DNS and look each one up again. */
export interface OrderWorkload {
  /** At the start. */
  readonly ordersPerSecond: number;
  /** In the order of their seconds. @default - the load stays as it is */
  readonly steps?: readonly LoadStep[];
  /** A caller whose order is not acknowledged for so long gives up. @default - as the client has it, a minute */
  readonly patienceSeconds?: number;
  /** Orders are drawn from so many customers, `customer-0` and on. @default 500 */
  readonly customerCount?: number;
  /** The share of orders that the payment provider will decline. */
  readonly declinedShare: number;
  /** The share of orders that their callers read again. */
  readonly readShare: number;
  /** The time after the acknowledgement at which they do. */
  readonly readAfterSeconds: number;
  /**
   * The share of callers that send what must be refused: half of them an order that is none, under an identity of their own;
   * the others a second order under the key of their first. @default 0
   */
  readonly mistakenShare?: number;
  /**
   * `plain-dns`: callers go where DNS says, and remember nothing from one order to the next. `region-aware`: each keeps one
   * client that knows both regions' own hosts. `storming`: they go where DNS says, take no advice, and come back every two
   * seconds or so.
   * @default 'plain-dns'
   */
  readonly client?: 'plain-dns' | 'region-aware' | 'storming';
  /** Callers keep an answer of DNS at least so long, as some runtimes and resolvers do. @default - its time to live */
  readonly dnsPinSeconds?: number;
  /** The share of orders of customers with a priority plan, `priority-0` and on. @default 0 */
  readonly priorityShare?: number;
  /**
   * The share of orders that their callers send to the standby's own host at the same time, under the same key: what a
   * failover in mid-air does, all the time.
   * @default 0
   */
  readonly twinShare?: number;
  /** The share of those whose second body is another one, which is a caller's mistake. @default 0 */
  readonly otherBodyShare?: number;
  /** Callers make that mistake before this second only. @default - all day */
  readonly otherBodyUntilSeconds?: number;
}

export interface Expectations {
  /** The ids of the checks that decide the verdict. */
  readonly checks: readonly string[];
  readonly mustFire: readonly ExpectedAlarm[];
  /** Alarms that may fire without being asked to. Every other alarm must stay silent. */
  readonly mayFire: readonly { readonly region: AlarmRole; readonly alarm: string }[];
  /** The bar of the check `evacuated-automatically`, from the start of the first fault. */
  readonly evacuationWithinSeconds?: number;
  /** The bar of the check `calm-again`: so soon after that second everybody is served as before. */
  readonly calm?: { readonly fromSeconds: number; readonly withinSeconds: number };
  /** The bar of the check `survivor-keeps-serving`: orders decided a second, of what one region is predicted to carry. */
  readonly survivorShareMin?: number;
  /** The bar of the check `important-orders-first`: the share of priority orders that are done in time. */
  readonly importantShareMin?: number;
  /** The bar of the check `recovery-time`. */
  readonly recoveryTimeP99SecondsMax?: number;
}

/** Where an alarm is evaluated: a region by its role, or us-east-1 as the home of Route 53's metrics. */
export type AlarmRole = RegionRole | 'witness' | 'routing';

export interface ExpectedAlarm {
  readonly region: AlarmRole;
  /** The id in the table of alarms. */
  readonly alarm: string;
  /** Counted from the start of the first fault. */
  readonly withinSeconds: number;
}
