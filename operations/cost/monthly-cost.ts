import type { CloudAssembly } from '../cloud-assembly';
import { activityCharges } from './activity-charges';
import { Bill, type CostLine } from './bill';
import { deployedFunctions, monthlyActivity } from './monthly-activity';
import { PRICED_REGIONS, PRICES_AS_OF } from './prices';
import { dnsCharges, packageCharge, resourceCharges } from './resource-charges';

export interface MonthlyCost {
  readonly pricesAsOf: string;
  readonly ordersPerSecond: number;
  /** The dearest first. */
  readonly lines: readonly CostLine[];
  readonly dollars: number;
  /** What had to be supposed and is worth knowing. */
  readonly assumptions: readonly string[];
}

/**
 * The bill of a mean month at list prices, without free tiers.
 * @param assembly the templates
 * @param ordersPerSecond around the clock; 0 is the idle cost
 * @throws CostError for a resource, a function or a schedule that cannot be priced
 */
export function monthlyCost(assembly: CloudAssembly, ordersPerSecond = 0): MonthlyCost {
  const activity = monthlyActivity(assembly, ordersPerSecond);
  const functions = deployedFunctions(assembly);
  const bill = new Bill();
  for (const stack of assembly.stacks) {
    for (const each of resourceCharges(stack)) bill.put(stack.region, each);
    for (const each of dnsCharges(Object.values(stack.resources), ordersPerSecond > 0)) bill.put(stack.region, each);
    bill.put(stack.region, packageCharge(stack.assetBytes));
  }
  for (const region of activity.regions.keys()) {
    const { used, kept } = activityCharges(region, activity, functions, assembly.stacks);
    for (const each of [...used, ...kept]) bill.put(region, each);
  }
  return {
    pricesAsOf: PRICES_AS_OF,
    ordersPerSecond,
    lines: bill.lines(),
    dollars: bill.dollars(),
    assumptions: assumptions(assembly),
  };
}

function assumptions({ stacks }: CloudAssembly): string[] {
  const unlisted = [...new Set(stacks.map(({ region }) => region))].filter(
    (region) => !PRICED_REGIONS.includes(region),
  );
  return [
    ...unlisted.map((region) => `${region} is not in the price list: the prices of ${PRICED_REGIONS[0]} stand in.`),
    'Hosts of API Gateway count as endpoints of AWS in the price of a health check.',
    'Executions are warm, and nobody but checkers, probe and observer calls while idle.',
  ];
}
