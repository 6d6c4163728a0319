import type { Kernel } from '../../kernel/kernel';
import type { AttributeMap } from './attribute-value';
import { GlobalSecondaryIndex } from './global-secondary-index';
import { type Entry, ItemCollection } from './item-collection';
import { identityOf, type ItemKey } from './item-key';
import type { Lag } from './lag';
import type { TableSchema } from './table-schema';

/** When and where an item was last written. Every write has its own; the later one wins everywhere. */
export interface Version {
  readonly timeUs: number;
  readonly region: string;
}

/** A committed write, as it travels to the other replicas. */
export interface Write {
  readonly key: ItemKey;
  /** Undefined for a deletion. */
  readonly item: AttributeMap | undefined;
  readonly version: Version;
}

interface StoredItem extends Entry {
  item: AttributeMap;
  version: Version;
}

export interface ReplicaOptions {
  readonly kernel: Kernel;
  readonly schema: TableSchema;
  readonly region: string;
  readonly indexLagMs: Lag;
  /** Called for each write that was committed here, not for writes that arrived from another replica. */
  readonly onCommit: (write: Write) => void;
  /** Called for every change, wherever it was written. */
  readonly onChange: (key: ItemKey, item: AttributeMap | undefined) => void;
}

/** The items of one table in one region, with their indexes. */
export class Replica {
  readonly schema: TableSchema;
  readonly region: string;
  readonly items = new ItemCollection<StoredItem>();
  readonly indexes: ReadonlyMap<string, GlobalSecondaryIndex>;
  /** When deleted items were deleted, so that an older write that arrives late does not bring them back. */
  private readonly tombstones = new Map<string, Version>();
  private readonly isReplicated: boolean;

  constructor(private readonly options: ReplicaOptions) {
    const { kernel, schema, region, indexLagMs } = options;
    this.schema = schema;
    this.region = region;
    this.isReplicated = schema.definition.regions.length > 1;
    this.indexes = new Map(
      schema.indexes.map((index) => {
        const stream = kernel.random(`index/${schema.definition.tableName}/${region}/${index.indexName}`);
        return [index.indexName, new GlobalSecondaryIndex(index, kernel, indexLagMs, stream)];
      }),
    );
  }

  find(key: ItemKey): AttributeMap | undefined {
    return this.items.find(key.partitionKey, key.sortKey)?.item;
  }

  /**
   * Commits a write of this region. Its time is later than that of the version it replaces, even within one
   * microsecond, so that every replica orders the two alike.
   */
  commit(key: ItemKey, item: AttributeMap | undefined): void {
    const stored = this.items.find(key.partitionKey, key.sortKey);
    const { nowUs } = this.options.kernel;
    const replaced = this.isReplicated ? (stored?.version ?? this.tombstones.get(identityOf(key))) : undefined;
    const timeUs = replaced === undefined ? nowUs : Math.max(nowUs, replaced.timeUs + 1);
    const write: Write = { key, item, version: { timeUs, region: this.region } };
    this.apply(write, stored);
    if (this.isReplicated) this.options.onCommit(write);
  }

  /**
   * Takes a write from another replica unless this replica has a later version. Equal times are decided by the region's
   * name: which one the service prefers is not documented, only that all replicas agree.
   * @returns whether the write was taken
   */
  receive(write: Write): boolean {
    const stored = this.items.find(write.key.partitionKey, write.key.sortKey);
    const present = stored?.version ?? this.tombstones.get(identityOf(write.key));
    if (present !== undefined && !isLater(write.version, present)) return false;
    this.apply(write, stored);
    return true;
  }

  private apply({ key, item, version }: Write, stored: StoredItem | undefined): void {
    const previous = stored?.item;
    if (item === undefined) {
      if (stored !== undefined) this.items.remove(stored);
      if (this.isReplicated) this.tombstones.set(identityOf(key), version);
      if (stored === undefined) return;
    } else if (stored === undefined) {
      this.items.set({ partitionKey: key.partitionKey, sortKey: key.sortKey, tieBreak: '', item, version });
      if (this.tombstones.size > 0) this.tombstones.delete(identityOf(key));
    } else {
      stored.item = item;
      stored.version = version;
    }
    if (this.indexes.size > 0) {
      const identity = identityOf(key);
      for (const index of this.indexes.values()) index.follow(identity, item, previous);
    }
    this.options.onChange(key, item);
  }
}

function isLater(one: Version, other: Version): boolean {
  return one.timeUs > other.timeUs || (one.timeUs === other.timeUs && one.region > other.region);
}
