import type { Stage } from '../../blueprint/capacity';
import type { Cloud } from '../../simulator';
import type { FaultStep, RegionRole } from './fault-step';

/** The embedded cloud, and which of its regions plays which role. */
export interface FaultWorld {
  readonly cloud: Cloud;
  readonly stage: Stage;
  readonly regions: Readonly<Record<RegionRole | 'witness', string>>;
}

export type StepOf<Kind extends FaultStep['fault']> = Extract<FaultStep, { readonly fault: Kind }>;

/** How one kind of fault is done to the embedded cloud, and undone. */
export interface Fault<Step extends FaultStep> {
  /** For reports: what is wrong while it lasts. */
  readonly title: string | ((step: Step) => string);
  /** @param name of this step alone: what is registered under it touches no other step */
  readonly apply: (world: FaultWorld, step: Step, name: string) => void;
  readonly heal: (world: FaultWorld, step: Step, name: string) => void;
}
