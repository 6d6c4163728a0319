import { CAPACITY, type Stage, type StageCapacity } from '../blueprint/capacity';
import {
  ordersCarried,
  servingResources,
  witnessResources,
  type CapacityResource,
} from '../blueprint/capacity-resources';
import type { Configuration } from '../blueprint/configuration';
import { executionsPerOrder, ORDER_INVOCATIONS, ORDER_MIX, type OrderService } from '../blueprint/order-demand';
import { capacityInTemplates } from './capacity-template';
import type { CloudAssembly } from './cloud-assembly';

/** A quantity as it is planned, and while this region carries everything alone. */
export interface TwoLoads {
  readonly planned: number;
  readonly alone: number;
}

/** One service in one region. Executions are by Little's law. */
export interface ServicePlan {
  readonly service: OrderService;
  readonly invocationsPerSecond: TwoLoads;
  readonly executions: TwoLoads;
  /** @default - it shares what nobody has reserved */
  readonly reservedExecutions?: number;
}

export interface ResourcePlan extends Pick<CapacityResource, 'name' | 'unit' | 'limit' | 'remedy'> {
  readonly used: TwoLoads;
  /** Orders a second of this region alone at which it is used up. */
  readonly carriesOrdersPerSecond: number;
}

export interface RegionPlan {
  readonly region: string;
  readonly role: 'primary' | 'standby' | 'witness';
  readonly ordersPerSecond: TwoLoads;
  readonly services: readonly ServicePlan[];
  /** The one that runs out first comes first. */
  readonly resources: readonly ResourcePlan[];
}

/** How much each region carries, and what runs out first. Rates are a second. */
export interface CapacityPlan {
  readonly schemaVersion: 1;
  readonly stage: Stage;
  readonly routing: Configuration['routing'];
  readonly plannedOrdersPerSecond: number;
  readonly assumptions: { readonly importShare: number; readonly readsPerOrder: number };
  readonly oneRegion: {
    /** The predicted knee: beyond it more load is not more work. */
    readonly kneeOrdersPerSecond: number;
    readonly bottleneck: string;
    /** Of what is planned; negative when one region is too small. */
    readonly headroomShare: number;
  };
  readonly regions: readonly RegionPlan[];
  /** Executions of each service for one of the service that has the fewest, and the planned number of them. */
  readonly balance: readonly { readonly service: OrderService; readonly executions: number; readonly ratio: number }[];
  /** What runs out when load grows, in that order, with what to add. */
  readonly scaling: readonly {
    readonly name: string;
    readonly ordersPerSecond: number;
    readonly remedy: string;
  }[];
}

type Load = Pick<
  Configuration,
  'stage' | 'routing' | 'primaryRegion' | 'standbyRegion' | 'witnessRegion' | 'plannedOrdersPerSecond'
>;

const SERVING: readonly OrderService[] = ['intake', 'query', 'fulfilment'];

/**
 * The capacity of a synthesized system: the templates say what there is, the blueprint what an order takes.
 * @throws CapacityError when the templates do not say it
 */
export function planCapacity(assembly: CloudAssembly, load: Load): CapacityPlan {
  const { stage, routing, primaryRegion, standbyRegion, witnessRegion } = load;
  const planned = load.plannedOrdersPerSecond ?? CAPACITY[stage].nominalOrdersPerSecond;
  const shares = routing === 'failover' ? { primary: 1, standby: 0 } : { primary: 0.5, standby: 0.5 };
  const serving = (
    [
      ['primary', primaryRegion],
      ['standby', standbyRegion],
    ] as const
  ).map(([role, region]): RegionPlan => {
    const capacity = capacityInTemplates(assembly, stage, region);
    const ordersPerSecond = { planned: shares[role] * planned, alone: planned };
    return {
      region,
      role,
      ordersPerSecond,
      services: SERVING.map((service) => planService(service, ordersPerSecond, capacity)),
      resources: planResources(servingResources(capacity), ordersPerSecond, planned - ordersPerSecond.planned),
    };
  });
  const everything = { planned, alone: planned };
  const witness: RegionPlan = {
    region: witnessRegion,
    role: 'witness',
    ordersPerSecond: everything,
    services: [planService('payments', everything, {})],
    resources: planResources(witnessResources(CAPACITY[stage]), everything, 0),
  };
  const scaling = scalingOf([...serving, witness]);
  const [first] = scaling;
  return {
    schemaVersion: 1,
    stage,
    routing,
    plannedOrdersPerSecond: planned,
    assumptions: ORDER_MIX,
    oneRegion: {
      kneeOrdersPerSecond: first!.ordersPerSecond,
      bottleneck: first!.name,
      headroomShare: first!.ordersPerSecond / planned - 1,
    },
    regions: [...serving, witness],
    balance: balanceOf(planned),
    scaling,
  };
}

const scaled = ({ planned, alone }: TwoLoads, by: number, fixed = 0): TwoLoads => ({
  planned: fixed + by * planned,
  alone: fixed + by * alone,
});

function planService(
  service: OrderService,
  ordersPerSecond: TwoLoads,
  { reservedConcurrency = {} }: Pick<StageCapacity, 'reservedConcurrency'>,
): ServicePlan {
  const reserved = reservedConcurrency[service];
  return {
    service,
    invocationsPerSecond: scaled(ordersPerSecond, ORDER_INVOCATIONS[service].perOrder),
    executions: scaled(ordersPerSecond, executionsPerOrder(service)),
    ...(reserved === undefined ? {} : { reservedExecutions: reserved }),
  };
}

function planResources(
  resources: readonly CapacityResource[],
  ordersPerSecond: TwoLoads,
  peerOrdersPerSecond: number,
): ResourcePlan[] {
  return resources
    .map((each): ResourcePlan => {
      const { name, unit, limit, remedy, perOrder, perPeerOrder, fixed } = each;
      const own = scaled(ordersPerSecond, perOrder, fixed);
      // Alone there is no peer whose writes would arrive.
      const used = { ...own, planned: own.planned + perPeerOrder * peerOrdersPerSecond };
      return { name, unit, limit, remedy, used, carriesOrdersPerSecond: ordersCarried(each) };
    })
    .toSorted((left, right) => left.carriesOrdersPerSecond - right.carriesOrdersPerSecond);
}

/** Both serving regions must carry everything, so the smaller one counts where they differ. */
function scalingOf(regions: readonly RegionPlan[]): CapacityPlan['scaling'] {
  const lowest = new Map<string, { name: string; ordersPerSecond: number; remedy: string }>();
  for (const { role, resources } of regions) {
    for (const { name, carriesOrdersPerSecond, remedy } of resources) {
      const title = role === 'witness' ? `${name}, in the witness region` : name;
      const known = lowest.get(title);
      if (known !== undefined && known.ordersPerSecond <= carriesOrdersPerSecond) continue;
      lowest.set(title, { name: title, ordersPerSecond: carriesOrdersPerSecond, remedy });
    }
  }
  return [...lowest.values()].sort((left, right) => left.ordersPerSecond - right.ordersPerSecond);
}

function balanceOf(planned: number): CapacityPlan['balance'] {
  const services = [...SERVING, 'payments'] as const;
  const least = Math.min(...services.map(executionsPerOrder));
  return services.map((service) => ({
    service,
    executions: planned * executionsPerOrder(service),
    ratio: executionsPerOrder(service) / least,
  }));
}
