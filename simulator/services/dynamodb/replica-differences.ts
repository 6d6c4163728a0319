import type { AttributeMap } from './attribute-value';
import { areEqual } from './expressions/comparison';
import { identityOf, keyAttributesOf } from './item-key';
import type { Replica } from './replica';

/** A key at which replicas hold different items. */
export interface ReplicaDifference {
  readonly key: AttributeMap;
  /** What each region holds there; undefined for nothing. */
  readonly items: Readonly<Record<string, AttributeMap | undefined>>;
}

/** Compares the replicas of one table, item by item. */
export function compareReplicas(replicas: readonly Replica[]): readonly ReplicaDifference[] {
  const places = new Map<string, { partitionKey: string; sortKey: string; item: AttributeMap }>();
  for (const replica of replicas) {
    for (const stored of replica.items.inKeyOrder()) places.set(identityOf(stored), stored);
  }
  const differences: ReplicaDifference[] = [];
  for (const [, place] of [...places].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const items = replicas.map((replica) => replica.find(place));
    if (items.every((item) => isSame(item, items[0]))) continue;
    differences.push({
      key: keyAttributesOf(place.item, replicas[0]!.schema.key),
      items: Object.fromEntries(replicas.map(({ region }, index) => [region, items[index]])),
    });
  }
  return differences;
}

function isSame(one: AttributeMap | undefined, other: AttributeMap | undefined): boolean {
  if (one === other) return true;
  return one !== undefined && other !== undefined && areEqual({ M: one }, { M: other });
}
