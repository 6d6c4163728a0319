import type { Kernel } from '../../kernel/kernel';
import { AwsFault } from '../aws-service';
import type { MetricSink } from '../metric-sink';
import type { AttributeMap } from './attribute-value';
import { itemSizeBoundOf, itemSizeOf } from './item-size';

export type Access = 'Read' | 'Write';
type Units = Readonly<Record<Access, number>>;

/** Request units a second. */
export interface ThroughputLimits {
  /** Of one partition, and so of one partition key value. */
  readonly perKey: Units;
  /** Of a new table or index. */
  readonly initial: Units;
  /** Of a table or an index, by the account's quota. */
  readonly quota: Units;
}

/**
 * What on-demand tables sustain. Sources: one partition,
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html; a new table,
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/pre-warming-on-demand-capacity-mode.html; the quota,
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
export const ON_DEMAND_LIMITS: ThroughputLimits = {
  perKey: { Read: 3_000, Write: 1_000 },
  initial: { Read: 12_000, Write: 4_000 },
  quota: { Read: 40_000, Write: 40_000 },
};

/** So long after its highest second a table sustains twice as much. */
const HALF_HOUR_SECONDS = 1_800;

export const THROTTLED = 'ThrottlingException';

/** The table or the index that is accessed, in one region. */
export interface ThroughputOwner {
  readonly tableName: string;
  /** @default - the table itself */
  readonly indexName?: string;
  readonly region: string;
  readonly accountId: string;
}

/** So much of it is asked for at once. */
export interface Demand {
  readonly throughput: OnDemandThroughput;
  readonly access: Access;
  /** Undefined for what goes through many partitions, such as a scan. */
  readonly partitionKey: string | undefined;
  readonly units: number;
}

/**
 * What a table or an index with on-demand capacity sustains in one region: at once up to twice its highest second of
 * earlier half hours, and never more than one partition gives to one key. Every partition key value has a partition of its
 * own here, which is what the service comes to under a load that stays; it splits partitions neither slowly nor within one
 * key value, and lends nothing of a quiet minute to a loud one. Whole seconds are judged one by one.
 */
export class OnDemandThroughput {
  private readonly meters: Readonly<Record<Access, Meter>> = { Read: new Meter(), Write: new Meter() };

  constructor(
    private readonly kernel: Kernel,
    private readonly owner: ThroughputOwner,
    private readonly limits: ThroughputLimits,
    private readonly metrics: MetricSink | undefined,
  ) {}

  /** Why that cannot be given in this second, which is counted, or undefined. Whoever is refused has used nothing. */
  refusalOf({ access, partitionKey, units }: Demand): AwsFault | undefined {
    const meter = this.meters[access];
    meter.advance(this.kernel.nowUs);
    if (partitionKey !== undefined && exceeds(meter.ofKey(partitionKey), units, this.limits.perKey[access])) {
      return this.refuse(access, 'KeyRangeThroughputExceeded');
    }
    const quota = this.limits.quota[access];
    if (exceeds(meter.total, units, quota)) return this.refuse(access, 'AccountLimitExceeded');
    // There is no limit of a table as such below the quota: it has as many partitions as it has needed before.
    const sustained = Math.max(this.limits.initial[access], 2 * meter.earlierPeak);
    if (exceeds(meter.total, units, sustained)) return this.refuse(access, 'KeyRangeThroughputExceeded');
    return undefined;
  }

  /** Notes what is used, and refuses nothing: what arrives from another replica is not refused. */
  use({ access, partitionKey, units }: Omit<Demand, 'throughput'>): void {
    const meter = this.meters[access];
    meter.advance(this.kernel.nowUs);
    meter.add(partitionKey, units);
  }

  /** Error and members: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ThrottlingReason.html */
  private refuse(access: Access, limit: 'KeyRangeThroughputExceeded' | 'AccountLimitExceeded'): AwsFault {
    const { tableName, indexName, region, accountId } = this.owner;
    this.metrics?.put({
      region,
      namespace: 'AWS/DynamoDB',
      name: `${access}ThrottleEvents`,
      dimensions: { TableName: tableName, ...(indexName === undefined ? {} : { GlobalSecondaryIndexName: indexName }) },
      value: 1,
      unit: 'Count',
    });
    const table = `arn:aws:dynamodb:${region}:${accountId}:table/${tableName}`;
    const reason = {
      reason: `${indexName === undefined ? 'Table' : 'Index'}${access}${limit}`,
      resource: indexName === undefined ? table : `${table}/index/${indexName}`,
    };
    return new AwsFault(THROTTLED, 'Throughput exceeds the current capacity of your table or index.', 400, {
      throttlingReasons: [reason],
    });
  }
}

/** The table that the fault is about, its own or that of the index. */
export function throttledTable({ fields }: AwsFault): string {
  const [{ resource }] = fields.throttlingReasons as unknown as [{ resource: string }];
  return resource.split('/')[1]!;
}

/** Uses all of it or nothing. @throws AwsFault ThrottlingException */
export function spend(demands: readonly Demand[]): void {
  for (const demand of demands) {
    const refusal = demand.throughput.refusalOf(demand);
    if (refusal !== undefined) throw refusal;
  }
  for (const demand of demands) demand.throughput.use(demand);
}

/** A request that is larger than the limit by itself is served when nothing else is. */
const exceeds = (used: number, units: number, limit: number): boolean => used > 0 && used + units > limit;

/** What was used in this second, and the highest second before. */
class Meter {
  total = 0;
  /** The highest second of all half hours before this one. */
  earlierPeak = 0;
  private second = 0;
  private peak = 0;
  private readonly perKey = new Map<string, number>();

  ofKey(partitionKey: string): number {
    return this.perKey.get(partitionKey) ?? 0;
  }

  add(partitionKey: string | undefined, units: number): void {
    this.total += units;
    if (partitionKey !== undefined) this.perKey.set(partitionKey, this.ofKey(partitionKey) + units);
  }

  advance(nowUs: number): void {
    const second = Math.floor(nowUs / 1_000_000);
    if (second === this.second) return;
    this.peak = Math.max(this.peak, this.total);
    if (Math.floor(second / HALF_HOUR_SECONDS) !== Math.floor(this.second / HALF_HOUR_SECONDS)) {
      this.earlierPeak = Math.max(this.earlierPeak, this.peak);
      this.peak = 0;
    }
    this.second = second;
    this.total = 0;
    this.perKey.clear();
  }
}

/**
 * A unit for each begun kilobyte of the larger of the item before and after, and one for nothing. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function writeUnitsOf(before: AttributeMap | undefined, after: AttributeMap | undefined): number {
  return Math.max(1, unitsOf(before ? [before] : [], 1_024), unitsOf(after ? [after] : [], 1_024));
}

/**
 * A unit for each begun four kilobytes of all that is read together, and one for nothing; half as much where the read need
 * not be consistent.
 */
export function readUnitsOf(items: readonly AttributeMap[], isConsistent: boolean): number {
  return Math.max(1, unitsOf(items, 4_096)) * (isConsistent ? 1 : 0.5);
}

/** Bytes are counted only where a bound that is quick to find does not tell already. */
function unitsOf(items: readonly AttributeMap[], unitBytes: number): number {
  const bound = items.reduce((sum, item) => sum + itemSizeBoundOf(item), 0);
  if (bound <= unitBytes) return Math.sign(bound);
  return Math.ceil(items.reduce((sum, item) => sum + itemSizeOf(item), 0) / unitBytes);
}
