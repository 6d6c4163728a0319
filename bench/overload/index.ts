/**
 * The overload bench: the functions as they ship, in the embedded cloud, against what a clairvoyant could have done.
 *
 * - `overload-row.ts`, `overload-plan.ts`: a row as data, and which rows there are
 * - `row-scale.ts`: the scale of the bench, with the row's policy
 * - `overload-callers.ts`: who asks, and how they repeat
 * - `fly-overload-row.ts`: one flight; `row-alone.ts` is the process it has to itself, `run-overload.ts` starts those
 * - `optimum.ts`, `overload-figures.ts`, `overload-bars.ts`, `overload-table.ts`, `overload-sheet.ts`: what it came to
 */
export { missedOverloadBars } from './overload-bars';
export type { OverloadFigures } from './overload-figures';
export { OVERLOAD_PLAN_NAMES, type OverloadPlanName } from './overload-plan';
export { overloadSheet } from './overload-sheet';
export { overloadTable } from './overload-table';
export { runOverload, type OverloadRun } from './run-overload';
