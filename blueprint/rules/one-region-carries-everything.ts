import type { Blueprint } from '../blueprint';
import { bottleneckOf, ordersCarried, servingResources, witnessResources } from '../capacity-resources';

/** When a region is lost, the other one has everything, and nobody can add to it at that moment. */
export function oneRegionCarriesEverything({ capacity, load }: Blueprint): string[] {
  const { stage, oneRegionShortfall, plannedOrdersPerSecond = capacity[stage].nominalOrdersPerSecond } = load;
  if (oneRegionShortfall === 'accepted') return [];
  const first = bottleneckOf([...servingResources(capacity[stage]), ...witnessResources(capacity[stage])]);
  const carried = ordersCarried(first);
  if (carried >= plannedOrdersPerSecond) return [];
  return [
    `One region of stage ${stage} carries ${Number(carried.toFixed(1))} orders/s of the ${plannedOrdersPerSecond} that are planned, limited by ${first.name}: ${first.remedy}, plan less with tandem:plannedOrdersPerSecond, or set tandem:oneRegionShortfall=accepted.`,
  ];
}
