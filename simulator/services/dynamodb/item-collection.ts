/** Where an item stands: its encoded partition key, its encoded sort key, and what separates items that share both. */
export interface Entry {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** In an index several items can have the same key; in a table this is empty. */
  readonly tieBreak: string;
}

/** The items of one partition key value, in the order of their sort keys. */
export interface Partition<Item extends Entry> {
  readonly partitionKey: string;
  /** Decides the place of the partition in a scan. */
  readonly hash: number;
  readonly entries: Item[];
}

/** Items grouped by partition key and ordered by sort key: what a table and an index have in common. */
export class ItemCollection<Item extends Entry> {
  /** How many items there are. */
  size = 0;
  private readonly partitions = new Map<string, Partition<Item>>();
  private scanOrder: readonly Partition<Item>[] | undefined;

  find(partitionKey: string, sortKey: string, tieBreak = ''): Item | undefined {
    const partition = this.partitions.get(partitionKey);
    if (partition === undefined) return undefined;
    const candidate = partition.entries[positionOf(partition.entries, sortKey, tieBreak)];
    return candidate?.sortKey === sortKey && candidate.tieBreak === tieBreak ? candidate : undefined;
  }

  /** Puts the item in its place, instead of the one that stood there. */
  set(item: Item): void {
    const { entries } = this.partitionFor(item.partitionKey);
    const position = positionOf(entries, item.sortKey, item.tieBreak);
    const present = entries[position];
    if (present?.sortKey === item.sortKey && present.tieBreak === item.tieBreak) {
      entries[position] = item;
      return;
    }
    entries.splice(position, 0, item);
    this.size++;
  }

  remove(item: Entry): void {
    const partition = this.partitions.get(item.partitionKey);
    if (partition === undefined) return;
    const { entries } = partition;
    const position = positionOf(entries, item.sortKey, item.tieBreak);
    const present = entries[position];
    if (present?.sortKey !== item.sortKey || present.tieBreak !== item.tieBreak) return;
    entries.splice(position, 1);
    this.size--;
    if (entries.length > 0) return;
    this.partitions.delete(item.partitionKey);
    this.scanOrder = undefined;
  }

  /** The items with that partition key, ordered. */
  itemsOf(partitionKey: string): readonly Item[] {
    return this.partitions.get(partitionKey)?.entries ?? [];
  }

  /**
   * All partitions in the order of a scan, which is that of a hash and so unrelated to the keys, as in the service.
   * Code that leans on an order of insertion or of keys is found out.
   */
  partitionsInScanOrder(): readonly Partition<Item>[] {
    this.scanOrder ??= [...this.partitions.values()].sort(compareScanOrder);
    return this.scanOrder;
  }

  /** All items ordered by key, for checkers. */
  *inKeyOrder(): Generator<Item> {
    for (const partitionKey of [...this.partitions.keys()].sort(compareStrings)) yield* this.itemsOf(partitionKey);
  }

  private partitionFor(partitionKey: string): Partition<Item> {
    let partition = this.partitions.get(partitionKey);
    if (partition === undefined) {
      partition = { partitionKey, hash: hashOf(partitionKey), entries: [] };
      this.partitions.set(partitionKey, partition);
      this.scanOrder = undefined;
    }
    return partition;
  }
}

/** The first position whose entry does not come before that key. Most writes come last, so the end is tried first. */
export function positionOf(entries: readonly Entry[], sortKey: string, tieBreak: string): number {
  const last = entries.at(-1);
  if (last === undefined || comesBefore(last, sortKey, tieBreak)) return entries.length;
  return firstPosition(entries, (entry) => !comesBefore(entry, sortKey, tieBreak));
}

/** The first position from which on the condition holds; it must not hold before it. */
export function firstPosition<Item>(entries: readonly Item[], holds: (entry: Item) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(entries[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function compareScanOrder(
  left: Pick<Partition<Entry>, 'hash' | 'partitionKey'>,
  right: Pick<Partition<Entry>, 'hash' | 'partitionKey'>,
): number {
  return left.hash - right.hash || compareStrings(left.partitionKey, right.partitionKey);
}

/** The 32-bit FNV-1a hash of the key's UTF-16 units. */
export function hashOf(partitionKey: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < partitionKey.length; index++) {
    hash = Math.imul(hash ^ partitionKey.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

function comesBefore(entry: Entry, sortKey: string, tieBreak: string): boolean {
  return entry.sortKey < sortKey || (entry.sortKey === sortKey && entry.tieBreak < tieBreak);
}

function compareStrings(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
