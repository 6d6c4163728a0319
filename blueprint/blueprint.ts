import { ALARMS, type AlarmDefinition } from './alarms';
import { CAPACITY, type Stage, type StageCapacity } from './capacity';
import type { PlannedLoad } from './configuration';
import { CONNECTIONS, type ConnectionDefinition } from './connections';
import {
  DATA,
  PROVIDER_KEY_LIFETIME_SECONDS,
  VISIBILITY_MARGIN_SECONDS,
  WORK_RECEIVES_MAX,
  type DatumDefinition,
} from './data';
import { LOAD_SHEDDING, type LoadSheddingPolicy } from './load-shedding';
import { INTERFACES, type InterfaceDefinition } from './interfaces';
import { SERVICES, type ServiceDefinition } from './services';
import { TIME_BUDGETS, type TimeBudgets } from './time-budgets';

type Widened<T> = T extends number ? number : { readonly [Key in keyof T]: Widened<T[Key]> };

/** The design decisions together, so that a rule can hold one against another. */
export interface Blueprint {
  readonly services: readonly ServiceDefinition[];
  readonly interfaces: readonly InterfaceDefinition[];
  readonly connections: readonly ConnectionDefinition[];
  readonly data: readonly DatumDefinition[];
  readonly capacity: Readonly<Record<Stage, StageCapacity>>;
  readonly loadShedding: Readonly<Record<Stage, LoadSheddingPolicy>>;
  /** What a person has configured of the load. */
  readonly load: PlannedLoad;
  readonly timeBudgets: Widened<TimeBudgets>;
  readonly alarms: readonly AlarmDefinition[];
  readonly workReceivesMax: number;
  readonly visibilityMarginSeconds: number;
  readonly providerKeyLifetimeSeconds: number;
}

/** Tandem as it is, under the load its smallest stage is built for. */
export const BLUEPRINT: Blueprint = {
  services: SERVICES,
  interfaces: INTERFACES,
  connections: CONNECTIONS,
  data: DATA,
  capacity: CAPACITY,
  loadShedding: LOAD_SHEDDING,
  load: { stage: 'sandbox', oneRegionShortfall: 'refused' },
  timeBudgets: TIME_BUDGETS,
  alarms: ALARMS,
  workReceivesMax: WORK_RECEIVES_MAX,
  visibilityMarginSeconds: VISIBILITY_MARGIN_SECONDS,
  providerKeyLifetimeSeconds: PROVIDER_KEY_LIFETIME_SECONDS,
};
