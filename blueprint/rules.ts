import type { Blueprint } from './blueprint';
import { alarmsAreComplete } from './rules/alarms-are-complete';
import { deadlineEndsTries } from './rules/deadline-ends-tries';
import { everyDatumRecovers } from './rules/every-datum-recovers';
import { keysOutliveMessages } from './rules/keys-outlive-messages';
import { nestedTimeouts } from './rules/nested-timeouts';
import { oneRegionCarriesEverything } from './rules/one-region-carries-everything';
import { ownerBeforeTakeover } from './rules/owner-before-takeover';
import { recordsOutliveMessages } from './rules/records-outlive-messages';
import { regulatorFitsItsLoop } from './rules/regulator-fits-its-loop';
import { repeatsAreHarmless } from './rules/repeats-are-harmless';
import { retriesDoNotMultiply } from './rules/retries-do-not-multiply';
import { sharedStateHasOneWriter } from './rules/shared-state-has-one-writer';
import { throttlesFitConcurrency } from './rules/throttles-fit-concurrency';
import { visibilityOutlastsFunction } from './rules/visibility-outlasts-function';
import { workersCarryNominalLoad } from './rules/workers-carry-nominal-load';

/** A rule holds decisions against each other. @returns a sentence for each that does not fit, with the way out */
export type BlueprintRule = (blueprint: Blueprint) => string[];

export const BLUEPRINT_RULES: readonly BlueprintRule[] = [
  nestedTimeouts,
  visibilityOutlastsFunction,
  ownerBeforeTakeover,
  everyDatumRecovers,
  sharedStateHasOneWriter,
  repeatsAreHarmless,
  keysOutliveMessages,
  recordsOutliveMessages,
  deadlineEndsTries,
  alarmsAreComplete,
  workersCarryNominalLoad,
  oneRegionCarriesEverything,
  throttlesFitConcurrency,
  retriesDoNotMultiply,
  regulatorFitsItsLoop,
];

/** Every sentence of every rule; empty when the decisions fit together. */
export const blueprintFailures = (blueprint: Blueprint): string[] => BLUEPRINT_RULES.flatMap((rule) => rule(blueprint));
