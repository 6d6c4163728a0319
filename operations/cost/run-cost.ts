import type { SynthesizedStack } from '../cloud-assembly';
import { activityCharges } from './activity-charges';
import { Bill } from './bill';
import { deployedFunctions, type Activity } from './monthly-activity';
import { PRICES_AS_OF } from './prices';
import { dnsCharges, packageCharge, resourceCharges, type Charge } from './resource-charges';
import { HOURS_A_MONTH } from './usage-estimates';

/** What some hours of a deployed system cost, in US dollars at list prices. */
export interface RunCost {
  /** The date of the price list. */
  readonly pricesAsOf: string;
  readonly hours: number;
  readonly dollars: number;
  /** Of these, the part that the same hours cost without anybody: what is billed by the month. */
  readonly standingDollars: number;
  /** By service of AWS, the dearest first. */
  readonly services: readonly { readonly service: string; readonly dollars: number }[];
}

/**
 * The bill of some hours in which this was done, at list prices, without free tiers. What is billed by the month counts by
 * the hour.
 * @throws CostError for a resource or a function that cannot be priced
 */
export function runCost(stacks: readonly SynthesizedStack[], activity: Activity, hours: number): RunCost {
  const functions = deployedFunctions({ stacks });
  const standing = new Bill();
  const used = new Bill();
  const share = (each: Charge): Charge => ({ ...each, quantity: (each.quantity * hours) / HOURS_A_MONTH });
  for (const { region, ...stack } of stacks) {
    for (const each of resourceCharges({ region, ...stack })) standing.put(region, share(each));
    for (const each of dnsCharges(Object.values(stack.resources), activity.orders > 0)) used.put(region, share(each));
    standing.put(region, share(packageCharge(stack.assetBytes)));
  }
  for (const region of activity.regions.keys()) {
    const charges = activityCharges(region, activity, functions, stacks);
    for (const each of charges.used) used.put(region, each);
    for (const each of charges.kept) standing.put(region, share(each));
  }
  const byService = new Map<string, number>();
  for (const { service, dollars } of [...standing.lines(), ...used.lines()]) {
    byService.set(service, (byService.get(service) ?? 0) + dollars);
  }
  return {
    pricesAsOf: PRICES_AS_OF,
    hours,
    dollars: standing.dollars() + used.dollars(),
    standingDollars: standing.dollars(),
    services: Array.from(byService, ([service, dollars]) => ({ service, dollars })).toSorted(
      (a, b) => b.dollars - a.dollars,
    ),
  };
}
