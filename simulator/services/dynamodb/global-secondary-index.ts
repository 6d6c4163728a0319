import type { Kernel } from '../../kernel/kernel';
import type { RandomStream } from '../../kernel/random-stream';
import { type AttributeMap, type AttributeValue, emptyMap } from './attribute-value';
import { areEqual } from './expressions/comparison';
import { type Entry, ItemCollection } from './item-collection';
import { type ItemKey, keyOf } from './item-key';
import { drawLagUs, type Lag } from './lag';
import { type Demand, type OnDemandThroughput, writeUnitsOf } from './on-demand-throughput';
import type { IndexSchema } from './table-schema';

export interface IndexEntry extends Entry {
  /** The whole item; what the index projects is cut out when it is read. */
  readonly item: AttributeMap;
}

interface PendingChange {
  readonly dueUs: number;
  readonly identity: string;
  readonly item: AttributeMap | undefined;
}

/**
 * One replica's copy of a global secondary index. It follows the table with a lag, in the order of the writes. Changes
 * wait in a queue and are applied when the index is read, which gives the same answers as applying each at its own
 * moment.
 */
export class GlobalSecondaryIndex {
  private readonly entries = new ItemCollection<IndexEntry>();
  private readonly entryOf = new Map<string, IndexEntry>();
  private readonly pending: PendingChange[] = [];
  private lastDueUs = 0;

  constructor(
    readonly schema: IndexSchema,
    private readonly kernel: Kernel,
    private readonly lag: Lag,
    private readonly stream: RandomStream,
    readonly throughput: OnDemandThroughput,
  ) {}

  /**
   * What the index must write to follow: nothing, its entry, or two when the entry moves to another key.
   * @param unitsMax what the table's own write takes: an entry is a part of its item and takes no more
   */
  writeDemands(before: AttributeMap | undefined, after: AttributeMap | undefined, unitsMax: number): Demand[] {
    if (before !== undefined && after !== undefined && this.holdsTheSame(before, after)) return [];
    const from = this.keyIn(before);
    const to = this.keyIn(after);
    const demand = (at: ItemKey, one: AttributeMap | undefined, other: AttributeMap | undefined): Demand => ({
      throughput: this.throughput,
      access: 'Write',
      partitionKey: at.partitionKey,
      units: unitsMax === 1 ? 1 : writeUnitsOf(this.projected(one), this.projected(other)),
    });
    if (from === undefined) return to === undefined ? [] : [demand(to, undefined, after)];
    if (to === undefined) return [demand(from, before, undefined)];
    if (from.partitionKey !== to.partitionKey || from.sortKey !== to.sortKey) {
      return [demand(from, before, undefined), demand(to, undefined, after)];
    }
    return [demand(to, before, after)];
  }

  /**
   * @param identity the item's place in the table
   * @param item undefined when it was deleted
   * @param previous undefined when there was none
   */
  follow(identity: string, item: AttributeMap | undefined, previous: AttributeMap | undefined): void {
    if (item !== undefined && previous !== undefined && this.holdsTheSame(previous, item)) return;
    const dueUs = Math.max(this.lastDueUs, this.kernel.nowUs + drawLagUs(this.lag, this.stream));
    this.lastDueUs = dueUs;
    this.pending.push({ dueUs, identity, item });
  }

  /** What a read at this instant sees. */
  read(): ItemCollection<IndexEntry> {
    const { nowUs } = this.kernel;
    let applied = 0;
    while (applied < this.pending.length && this.pending[applied]!.dueUs <= nowUs) {
      this.apply(this.pending[applied]!);
      applied++;
    }
    if (applied > 0) this.pending.splice(0, applied);
    return this.entries;
  }

  /**
   * Whether nothing changes that the index projects: then the index is not written.
   * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
   */
  private holdsTheSame(previous: AttributeMap, item: AttributeMap): boolean {
    const { projectedNames } = this.schema;
    return projectedNames?.every((name) => isSame(previous[name], item[name])) ?? false;
  }

  /** Where the item stands in the index: nowhere without the attributes of its key. */
  private keyIn(item: AttributeMap | undefined): ItemKey | undefined {
    if (item === undefined || this.schema.key.attributes.some(({ name }) => item[name] === undefined)) return undefined;
    return keyOf(item, this.schema.key);
  }

  private projected(item: AttributeMap | undefined): AttributeMap | undefined {
    return item && projectedItem(this.schema, item);
  }

  private apply({ identity, item }: PendingChange): void {
    const previous = this.entryOf.get(identity);
    if (previous !== undefined) {
      this.entries.remove(previous);
      this.entryOf.delete(identity);
    }
    const key = this.keyIn(item);
    if (item === undefined || key === undefined) return;
    const entry: IndexEntry = { ...key, tieBreak: identity, item };
    this.entries.set(entry);
    this.entryOf.set(identity, entry);
  }
}

/** The attributes that an index holds of an item. */
export function projectedItem({ projectedNames }: IndexSchema, item: AttributeMap): AttributeMap {
  if (projectedNames === undefined) return item;
  const map = emptyMap();
  for (const name of projectedNames) {
    const value = item[name];
    if (value !== undefined) map[name] = value;
  }
  return map;
}

function isSame(one: AttributeValue | undefined, other: AttributeValue | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && areEqual(one, other));
}
