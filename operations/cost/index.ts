/**
 * What a month costs, from the templates and a given traffic.
 *
 * - `prices.ts`: the list prices, dated, with their sources
 * - `usage-estimates.ts`: what no template says
 * - `monthly-activity.ts`: what runs, is asked and is written in a month
 * - `resource-charges.ts`: what resources cost by being there; it refuses what nobody has priced
 * - `activity-charges.ts`: what that activity costs
 * - `monthly-cost.ts`: the bill; `cost-page.ts` shows it
 * - `run-cost.ts`: the bill of a game day, from what its target has counted
 */
export { CostError } from './cost-error';
export { costMarkdown, costText } from './cost-page';
export type { SynthesizedStack as PricedStack } from '../cloud-assembly';
export type { CostLine } from './bill';
export {
  deployedFunctions,
  emptyActivity,
  environmentOf,
  type ApiName,
  type DeployedFunction,
  type RegionActivity,
} from './monthly-activity';
export { monthlyCost, type MonthlyCost } from './monthly-cost';
export { runCost, type RunCost } from './run-cost';
export { ANSWER_BYTES } from './usage-estimates';
