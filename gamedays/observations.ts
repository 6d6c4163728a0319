import type { Configuration } from '../blueprint/configuration';
import type { Stage } from '../blueprint/capacity';
import type { GameDay } from './game-day';
import type { OperatorReport, TableItem, TargetRecord } from './targets/target';
import type { CustomerList } from './workloads/order-lists';
import type { PlacedOrder } from './workloads/order-workload';

/** Everything a run has gathered. Checks judge it and touch nothing else. */
export interface Observations {
  readonly gameDay: GameDay;
  readonly stage: Stage;
  /** What decides which alarms there are. */
  readonly configuration: Pick<Configuration, 'routing' | 'consistency' | 'customDomain' | 'automation' | 'footprint'>;
  readonly regions: { readonly primary: string; readonly standby: string; readonly witness: string };
  readonly placedOrders: readonly PlacedOrder[];
  /** The orders table at the end, by region. */
  readonly replicas: ReadonlyMap<string, readonly TableItem[]>;
  /** All entries of all ledgers at the end. */
  readonly ledger: readonly TableItem[];
  /** All records of both regions' audit tables at the end. */
  readonly auditRecords: readonly TableItem[];
  /** What customers were shown of their orders at the end. Absent in a game day that does not ask for it. */
  readonly orderLists?: readonly CustomerList[];
  /** The world at the instant before the first fault. Absent in a game day without one. */
  readonly loss?: LossSnapshot;
  /** Why the world was not at rest when its time was up; undefined when it was. */
  readonly pending: string | undefined;
  readonly convergedAfterSeconds: number;
  /** When and why the drill was called off. @default - it was flown to its end */
  readonly calledOff?: { readonly atSeconds: number; readonly reason: string };
  readonly record: TargetRecord;
  /** What became of the commands of the runbooks, in the order in which they ended. */
  readonly operatorReports: readonly OperatorReport[];
  /** Milliseconds since 1970 at second zero of the game day. */
  readonly startEpochMs: number;
}

export interface LossSnapshot {
  readonly epochMs: number;
  /** The region that is about to be lost. */
  readonly region: string;
  readonly survivor: string;
  readonly lostReplica: readonly TableItem[];
  readonly survivingReplica: readonly TableItem[];
}
