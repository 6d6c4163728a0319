import type { AttributeMap, AttributeValue } from '../../simulator';
import type { TableItem } from './target';

/** An item of a table as plain values: numbers as numbers, and nothing of their types. */
export function toPlainItem(item: AttributeMap): TableItem {
  const plain: Record<string, unknown> = {};
  for (const name in item) plain[name] = toPlainValue(item[name]!);
  return plain;
}

function toPlainValue(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  return value.N === undefined ? Object.values(value)[0] : Number(value.N);
}
