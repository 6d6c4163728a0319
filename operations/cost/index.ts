/**
 * What a month costs, from the templates and a given traffic.
 *
 * - `prices.ts`: the list prices, dated, with their sources
 * - `usage-estimates.ts`: what no template says
 * - `monthly-activity.ts`: what runs, is asked and is written in a month
 * - `resource-charges.ts`: what resources cost by being there; it refuses what nobody has priced
 * - `monthly-cost.ts`: the bill; `cost-page.ts` shows it
 */
export { CostError } from './cost-error';
export { costMarkdown, costText } from './cost-page';
export { monthlyCost, type CostLine, type MonthlyCost } from './monthly-cost';
