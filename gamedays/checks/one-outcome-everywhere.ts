import { isDeepStrictEqual } from 'node:util';
import type { TableItem } from '../targets/target';
import { none, type Check } from './check';

export const oneOutcomeEverywhere: Check = {
  id: 'one-outcome-everywhere',
  title: 'Both replicas hold the same items',
  failureTitle: 'The replicas differ',
  description:
    'After healing, a customer must read the same answer in either region. A difference that stays is a write that was lost.',
  judge: ({ replicas }) => {
    const [first, ...others] = [...replicas];
    const expected = byKey(first![1]);
    const differences: string[] = [];
    for (const [region, items] of others) {
      const actual = byKey(items);
      for (const key of new Set([...expected.keys(), ...actual.keys()])) {
        if (!isDeepStrictEqual(expected.get(key), actual.get(key)))
          differences.push(`${key} differs between ${first![0]} and ${region}`);
      }
    }
    return none(differences, 'differences');
  },
};

const byKey = (items: readonly TableItem[]): Map<string, TableItem> =>
  new Map(items.map((item) => [`${String(item.orderId)}/${String(item.region)}`, item]));
