import { NotModelled, SimulatorDefect } from '../../kernel/errors';
import type { Kernel } from '../../kernel/kernel';
import {
  AwsFault,
  type AwsCall,
  type AwsJsonService,
  type DeferredCall,
  type JsonObject,
  type RequiredPermission,
} from '../aws-service';
import type { MetricSink } from '../metric-sink';
import type { AttributeMap } from './attribute-value';
import { batchGetItem } from './batch-get-item';
import { ClientRequestTokens } from './client-request-tokens';
import { deleteItem } from './delete-item';
import { describeTable } from './describe-table';
import { getItem } from './get-item';
import { compareReplicas, type ReplicaDifference } from './replica-differences';
import type { Lag } from './lag';
import { ON_DEMAND_LIMITS, type ThroughputLimits, THROTTLED, throttledTable } from './on-demand-throughput';
import type { Operation, OperationContext } from './operation';
import { requiredPermissions } from './permissions';
import { putItem } from './put-item';
import { query } from './query';
import type { Replica } from './replica';
import { scan } from './scan';
import { StrongConsistency, tablesOf } from './strong-consistency';
import { Table } from './table';
import { createTableSchema, type TableDefinition } from './table-schema';
import { transactWriteItems } from './transact-write-items';
import { updateItem } from './update-item';

export interface DynamoDbOptions {
  readonly accountId: string;
  /** Receives what the service publishes to CloudWatch. @default - nothing is published */
  readonly metrics?: MetricSink;
  /**
   * From a write to its arrival in another region. @default - median 600, sigma 0.35: nine in ten writes arrive within
   * a second, as the service says ("usually within a second"):
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
   */
  readonly replicationLagMs?: Lag;
  /**
   * From a write to its appearance in a global secondary index. @default - median 10, sigma 0.5: the service says
   * "within a fraction of a second": https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
   */
  readonly indexLagMs?: Lag;
  /** @default - what on-demand tables sustain */
  readonly throughputLimits?: ThroughputLimits;
  /** Whether two regions can reach each other, which strong consistency needs. @default - always */
  readonly isOpen?: (region: string, other: string) => boolean;
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['BatchGetItem', batchGetItem],
  ['DeleteItem', deleteItem],
  ['DescribeTable', describeTable],
  ['GetItem', getItem],
  ['PutItem', putItem],
  ['Query', query],
  ['Scan', scan],
  ['TransactWriteItems', transactWriteItems],
  ['UpdateItem', updateItem],
]);

/**
 * Amazon DynamoDB: on-demand tables and global tables with eventual (MREC) and strong consistency (MRSC), in all regions of
 * one account.
 *
 * Left out, besides what is refused by name: provisioned capacity, the lag of eventually consistent reads within a region,
 * conflicts between transactions (each request is applied at one instant), and the larger size that some regions count for
 * an update close to 400 KB. Messages have the service's wording, which has begun to differ between regions: code must tell
 * faults apart by their name.
 */
export class DynamoDb implements AwsJsonService {
  private readonly tables = new Map<string, Table[]>();
  private readonly strongTables = new Map<Table, StrongConsistency>();
  private readonly pausedLinks = new Set<string>();
  private readonly contexts = new Map<string, OperationContext>();

  constructor(
    private readonly kernel: Kernel,
    private readonly options: DynamoDbOptions,
  ) {}

  /** @throws SimulatorDefect for a name that a region has already, NotModelled for what the model leaves out */
  createTable(definition: TableDefinition): void {
    const schema = createTableSchema(definition);
    const sameName = this.tables.get(definition.tableName) ?? [];
    for (const region of definition.regions) {
      if (sameName.some((table) => table.replicas.has(region))) {
        throw new SimulatorDefect(`Table ${definition.tableName} exists already in ${region}.`);
      }
    }
    const table = new Table(this.kernel, schema, {
      accountId: this.options.accountId,
      throughputLimits: this.options.throughputLimits ?? ON_DEMAND_LIMITS,
      replicationLagMs: this.options.replicationLagMs ?? { median: 600, sigma: 0.35 },
      indexLagMs: this.options.indexLagMs ?? { median: 10, sigma: 0.5 },
      metrics: this.options.metrics,
    });
    for (const link of table.links) {
      link.isPaused = this.isPaused(definition.tableName, link.source.region, link.target.region);
    }
    this.tables.set(definition.tableName, [...sameName, table]);
    if (definition.multiRegionConsistency === 'STRONG') {
      const { tableName } = definition;
      const isReachable = (region: string, other: string): boolean =>
        (this.options.isOpen?.(region, other) ?? true) &&
        !this.isPaused(tableName, region, other) &&
        !this.isPaused(tableName, other, region);
      this.strongTables.set(table, new StrongConsistency(this.kernel, table, isReachable));
    }
  }

  /** Calls to tables with strong consistency take a round trip to another region. */
  defer(call: AwsCall): DeferredCall | undefined {
    if (this.strongTables.size === 0) return undefined;
    for (const tableName of tablesOf(call)) {
      const table = this.tables.get(tableName)?.find(({ replicas }) => replicas.has(call.region));
      const strong = table === undefined ? undefined : this.strongTables.get(table);
      if (strong !== undefined) return strong.defer(call, () => this.execute(call));
    }
    return undefined;
  }

  execute({ region, operation, input }: AwsCall): JsonObject {
    const apply = OPERATIONS.get(operation);
    if (apply === undefined) throw new NotModelled(`DynamoDB operation ${operation}`, 'Add it to the model.');
    try {
      // The answer is made of stored values, which are readonly here and plain JSON to the caller.
      return apply(this.contextOf(region), input) as JsonObject;
    } catch (error) {
      if (error instanceof AwsFault && error.code === THROTTLED) this.noteThrottled(region, operation, error);
      throw error;
    }
  }

  permissions(call: AwsCall): readonly RequiredPermission[] {
    return requiredPermissions(call, this.options.accountId);
  }

  /**
   * Stops replication from one region to another. What is written meanwhile is kept.
   * @param tableName @default - of all tables
   */
  pauseReplication(fromRegion: string, toRegion: string, tableName?: string): void {
    this.pausedLinks.add(linkName(fromRegion, toRegion, tableName));
    this.applyPauses(fromRegion, toRegion);
  }

  /** Takes a pause back. Links that no other pause holds go on, and deliver what was kept. */
  resumeReplication(fromRegion: string, toRegion: string, tableName?: string): void {
    this.pausedLinks.delete(linkName(fromRegion, toRegion, tableName));
    this.applyPauses(fromRegion, toRegion);
  }

  /** The first reason why some replica has not received everything yet; undefined when all have. */
  hasPendingReplication(): string | undefined {
    for (const tables of this.tables.values()) {
      for (const table of tables) {
        for (const link of table.links) {
          const reason = link.pending();
          if (reason !== undefined) return reason;
        }
      }
    }
    return undefined;
  }

  /** The items of a table in one region, ordered by key, for checkers. They must not be written to. */
  *items(tableName: string, region: string): Generator<AttributeMap> {
    for (const { item } of this.replica(tableName, region).items.inKeyOrder()) yield item;
  }

  /**
   * Calls the watcher with every item that is written to a table in one region or arrives there, and with undefined for
   * each that is deleted: for checkers that would otherwise look at all items time and again. It must change nothing.
   */
  watch(tableName: string, region: string, watcher: (item: AttributeMap | undefined) => void): void {
    this.replica(tableName, region).watchers.push((_, item) => watcher(item));
  }

  /** The keys at which the replicas of a table hold different items, ordered by key. */
  replicaDifferences(tableName: string): readonly ReplicaDifference[] {
    return (this.tables.get(tableName) ?? []).flatMap((table) => compareReplicas([...table.replicas.values()]));
  }

  /** A batch names several tables: which of them it was stands in the reason. */
  private noteThrottled(region: string, operation: string, fault: AwsFault): void {
    this.options.metrics?.put({
      region,
      namespace: 'AWS/DynamoDB',
      name: 'ThrottledRequests',
      dimensions: { TableName: throttledTable(fault), Operation: operation },
      value: 1,
      unit: 'Count',
    });
  }

  private replica(tableName: string, region: string): Replica {
    const replica = this.findReplica(tableName, region);
    if (replica === undefined) throw new SimulatorDefect(`There is no table ${tableName} in ${region}.`);
    return replica;
  }

  private findReplica(tableName: string, region: string): Replica | undefined {
    for (const table of this.tables.get(tableName) ?? []) {
      const replica = table.replicas.get(region);
      if (replica !== undefined) return replica;
    }
    return undefined;
  }

  private applyPauses(fromRegion: string, toRegion: string): void {
    for (const [tableName, tables] of this.tables) {
      const isPaused = this.isPaused(tableName, fromRegion, toRegion);
      for (const link of tables.flatMap(({ links }) => links)) {
        if (link.source.region !== fromRegion || link.target.region !== toRegion) continue;
        if (link.isPaused && !isPaused) link.resume();
        else link.isPaused = isPaused;
      }
    }
  }

  private isPaused(tableName: string, fromRegion: string, toRegion: string): boolean {
    return (
      this.pausedLinks.has(linkName(fromRegion, toRegion)) ||
      this.pausedLinks.has(linkName(fromRegion, toRegion, tableName))
    );
  }

  private contextOf(region: string): OperationContext {
    let context = this.contexts.get(region);
    if (context === undefined) {
      context = this.createContext(region);
      this.contexts.set(region, context);
    }
    return context;
  }

  private createContext(region: string): OperationContext {
    const { accountId, metrics } = this.options;
    return {
      region,
      accountId,
      tokens: new ClientRequestTokens(this.kernel),
      findReplica: (tableName) => this.findReplica(tableName, region),
      noteConditionalCheckFailed: (tableName) => {
        metrics?.put({
          region,
          namespace: 'AWS/DynamoDB',
          name: 'ConditionalCheckFailedRequests',
          dimensions: { TableName: tableName },
          value: 1,
          unit: 'Count',
        });
      },
    };
  }
}

function linkName(fromRegion: string, toRegion: string, tableName = '*'): string {
  return `${tableName}: ${fromRegion}>${toRegion}`;
}
