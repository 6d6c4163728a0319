import { BACKGROUND_EXECUTIONS, type StageCapacity } from './capacity';
import { OPEN_ORDERS_INDEX } from './orders';
import {
  CONTROL_ITEM_CALLS,
  executionsPerOrder,
  OPEN_INDEX_WRITES,
  ORDER_INVOCATIONS,
  ORDER_MIX,
  TABLE_DEMAND,
  type OrderService,
  type TableDemand,
} from './order-demand';

/** Something of which there is only so much, and what orders use of it. */
export interface CapacityResource {
  readonly name: string;
  readonly unit: 'executions' | 'requests/s' | 'write u/s' | 'read u/s' | 'messages';
  /** Used for each order a second that the region takes. */
  readonly perOrder: number;
  /** Used for each order a second that the other region takes: what is replicated. */
  readonly perPeerOrder: number;
  /** Used whatever comes. */
  readonly fixed: number;
  readonly limit: number;
  /** What a person does when it is the next to run out. */
  readonly remedy: string;
}

/** What AWS gives by default, in one region. */
export const AWS_LIMITS = {
  /**
   * Of all HTTP APIs of an account together; 2,500 in the newer regions
   * (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
   */
  apiRequestsPerSecond: 10_000,
  /**
   * What a new table on demand sustains at once; it doubles what it has seen
   * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html).
   */
  tableWriteUnits: 4_000,
  tableReadUnits: 12_000,
  /**
   * Of one partition, which is all that one key can have
   * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-key-range-limit-exceeded-mitigation.html). An
   * index that is behind throttles the writes of its table
   * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/gsi-throttling.html).
   */
  partitionWriteUnits: 1_000,
  partitionReadUnits: 3_000,
  /** Received and not yet deleted (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html). */
  messagesInFlight: 120_000,
} as const;

const FRONT_ENDS = ['intake', 'query'] as const;

const resource = (
  of: Omit<CapacityResource, 'perPeerOrder' | 'fixed'> & Partial<CapacityResource>,
): CapacityResource => ({ perPeerOrder: 0, fixed: 0, ...of });

/** Everything in a serving region that orders use up. */
export function servingResources(capacity: StageCapacity): CapacityResource[] {
  const ordersDemand = TABLE_DEMAND.filter(({ datum }) => datum !== 'payment-ledger');
  return [
    resource({
      name: 'workers of fulfilment',
      unit: 'executions',
      perOrder: executionsPerOrder('fulfilment'),
      limit: capacity.workers,
      remedy: "raise workers in blueprint/capacity.ts, within the account's concurrency and what the provider takes",
    }),
    ...executionResources(capacity),
    ...routeResources(capacity),
    ...ordersDemand.flatMap((demand) => tableResources(demand, demand.datum === 'orders')),
    ...hotKeyResources(),
    resource({
      name: 'messages in flight of work',
      unit: 'messages',
      perOrder: executionsPerOrder('fulfilment'),
      limit: AWS_LIMITS.messagesInFlight,
      remedy: 'a second queue',
    }),
  ];
}

/** The same for the witness, which works for both serving regions: the provider's stand-in. */
export function witnessResources({
  accountConcurrencyMin,
}: Pick<StageCapacity, 'accountConcurrencyMin'>): CapacityResource[] {
  return [
    resource({
      name: 'unreserved executions',
      unit: 'executions',
      perOrder: executionsPerOrder('payments'),
      // The observer.
      fixed: 1,
      limit: accountConcurrencyMin,
      remedy: "a larger concurrency quota of the witness's account",
    }),
    apiQuota(ORDER_INVOCATIONS.payments.perOrder),
    ...TABLE_DEMAND.filter(({ datum }) => datum === 'payment-ledger').flatMap((demand) =>
      tableResources(demand, false),
    ),
  ];
}

/** Orders a second at which a resource is used up, where the other region takes none. */
export const ordersCarried = ({ limit, fixed, perOrder }: CapacityResource): number => (limit - fixed) / perOrder;

/** The resource that is used up first: as many orders a second are the knee, after which more load is not more work. */
export const bottleneckOf = (resources: readonly CapacityResource[]): CapacityResource =>
  resources.reduce((first, next) => (ordersCarried(next) < ordersCarried(first) ? next : first));

/** Orders a second that one region carries alone, as predicted: its knee, or the witness's where that comes first. */
export const predictedKnee = (capacity: StageCapacity): number =>
  ordersCarried(bottleneckOf([...servingResources(capacity), ...witnessResources(capacity)]));

function executionResources({ reservedConcurrency = {}, accountConcurrencyMin }: StageCapacity): CapacityResource[] {
  const reservedOf = (service: OrderService): number | undefined => reservedConcurrency[service];
  const reserving = FRONT_ENDS.filter((service) => reservedOf(service) !== undefined);
  const sharing = (['intake', 'query', 'fulfilment'] as const).filter((service) => reservedOf(service) === undefined);
  const reserved = Object.values(reservedConcurrency).reduce((sum, each) => sum + each, 0);
  return [
    ...reserving.map((service) =>
      resource({
        name: `reserved executions of ${service}`,
        unit: 'executions',
        perOrder: executionsPerOrder(service),
        limit: reservedOf(service)!,
        remedy: `reserve more for ${service} in blueprint/capacity.ts`,
      }),
    ),
    resource({
      name: 'unreserved executions',
      unit: 'executions',
      perOrder: sharing.reduce((sum, service) => sum + executionsPerOrder(service), 0),
      fixed: BACKGROUND_EXECUTIONS,
      limit: accountConcurrencyMin - reserved,
      remedy: 'a larger concurrency quota of the account, and accountConcurrencyMin in blueprint/capacity.ts',
    }),
  ];
}

const apiQuota = (perOrder: number): CapacityResource =>
  resource({
    name: "requests of the account's APIs",
    unit: 'requests/s',
    perOrder,
    limit: AWS_LIMITS.apiRequestsPerSecond,
    remedy: 'a larger API Gateway quota of the account',
  });

function routeResources({ routeThrottles }: StageCapacity): CapacityResource[] {
  const { importShare, readsPerOrder } = ORDER_MIX;
  const perOrder = { intake: 1 - importShare, import: importShare, query: readsPerOrder };
  const title = { intake: 'POST /orders', import: 'POST /orders/import', query: 'GET /orders/{orderId}' };
  return [
    ...(['intake', 'import', 'query'] as const).map((route) =>
      resource({
        name: `throttle of ${title[route]}`,
        unit: 'requests/s',
        perOrder: perOrder[route],
        limit: routeThrottles[route].requestsPerSecond,
        remedy: `raise routeThrottles.${route} in blueprint/capacity.ts`,
      }),
    ),
    apiQuota(1 + readsPerOrder),
  ];
}

function tableResources({ datum, writeUnits, readUnits }: TableDemand, isReplicated: boolean): CapacityResource[] {
  const remedy = `warm throughput of the table ${datum}`;
  const writes = resource({
    name: `writes of ${datum}`,
    unit: 'write u/s',
    perOrder: writeUnits,
    perPeerOrder: isReplicated ? writeUnits : 0,
    limit: AWS_LIMITS.tableWriteUnits,
    remedy,
  });
  const reads = resource({
    name: `reads of ${datum}`,
    unit: 'read u/s',
    perOrder: readUnits,
    limit: AWS_LIMITS.tableReadUnits,
    remedy,
  });
  return [...(writeUnits > 0 ? [writes] : []), ...(readUnits > 0 ? [reads] : [])];
}

function hotKeyResources(): CapacityResource[] {
  const environments = executionsPerOrder('intake') + executionsPerOrder('fulfilment');
  return [
    resource({
      name: `writes of one key of ${OPEN_ORDERS_INDEX.name}`,
      unit: 'write u/s',
      // Replicas have the other region's key in a partition of its own.
      perOrder: OPEN_INDEX_WRITES,
      limit: AWS_LIMITS.partitionWriteUnits,
      remedy: `spread ${OPEN_ORDERS_INDEX.partition} over several keys a region`,
    }),
    resource({
      // Under pressure; in calm nothing is written.
      name: 'writes of the regulation item',
      unit: 'write u/s',
      perOrder: CONTROL_ITEM_CALLS.writesPerIntake * executionsPerOrder('intake'),
      fixed: CONTROL_ITEM_CALLS.writes,
      limit: AWS_LIMITS.partitionWriteUnits,
      remedy: 'let fewer environments of intake add to the regulation item',
    }),
    resource({
      name: 'reads of the regulation item',
      unit: 'read u/s',
      perOrder: CONTROL_ITEM_CALLS.readsPerEnvironment * environments,
      limit: AWS_LIMITS.partitionReadUnits,
      remedy: 'let environments read the regulation item less often',
    }),
  ];
}
