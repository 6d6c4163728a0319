import type { ChartSheet, SheetChart } from '../report';
import type { CapacityPlan, RegionPlan } from './capacity-plan';

/** The plan as a sheet of charts: how much of each resource is used, at the planned load and while a region has everything. */
export function capacitySheet(plan: CapacityPlan): ChartSheet {
  const { stage, plannedOrdersPerSecond, oneRegion } = plan;
  return {
    schemaVersion: 1,
    kind: 'chart-sheet',
    title: `Capacity of the stage ${stage}`,
    summary: `${plannedOrdersPerSecond} orders/s are planned, one region carries ${Number(oneRegion.kneeOrdersPerSecond.toPrecision(3))}, and ${oneRegion.bottleneck} run out first.`,
    command: `npm run -s tandem -- capacity -c tandem:stage=${stage}`,
    charts: plan.regions
      .flatMap((region) => [usedOf(region), executionsOf(region)])
      .filter(({ places }) => places.length > 0),
  };
}

const titleOf = ({ region, role }: RegionPlan): string => `${region} (${role})`;

function usedOf(region: RegionPlan): SheetChart {
  const share = (load: 'planned' | 'alone') => region.resources.map(({ used, limit }) => (100 * used[load]) / limit);
  return {
    look: 'bars',
    title: `${titleOf(region)}: used of each limit, the first to run out first`,
    unit: '%',
    places: region.resources.map(({ name }) => name),
    lines: [
      { name: 'at the planned load', values: share('planned') },
      { name: 'while it has everything', values: share('alone') },
    ],
    limit: { name: 'used up', value: 100 },
  };
}

function executionsOf(region: RegionPlan): SheetChart {
  return {
    look: 'bars',
    title: `${titleOf(region)}: executions at a time`,
    unit: 'executions',
    places: region.services.map(({ service }) => service),
    lines: [
      { name: 'at the planned load', values: region.services.map(({ executions }) => executions.planned) },
      { name: 'while it has everything', values: region.services.map(({ executions }) => executions.alone) },
    ],
  };
}
