import type { AttributeMap, AttributeValue } from './attribute-value';

/** 400 KB, names and values together. Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const ITEM_BYTES_MAX = 409_600;

/** A character takes at most three bytes in UTF-8 for each of its UTF-16 units. */
const BYTES_PER_UNIT_MAX = 3;

/** Whether the item is larger than the service stores. Almost all items are told to be small without counting bytes. */
export function isTooLarge(item: AttributeMap): boolean {
  return mapSize(item, countUnits) * BYTES_PER_UNIT_MAX > ITEM_BYTES_MAX && itemSizeOf(item) > ITEM_BYTES_MAX;
}

/**
 * Bytes of the item as the service counts them. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSizeOf(item: AttributeMap): number {
  return mapSize(item, countBytes);
}

type Count = (text: string) => number;
const countBytes: Count = (text) => Buffer.byteLength(text);
const countUnits: Count = (text) => text.length;

function mapSize(map: AttributeMap, count: Count): number {
  let size = 0;
  for (const name in map) size += count(name) + valueSize(map[name]!, count);
  return size;
}

function valueSize(value: AttributeValue, count: Count): number {
  if (value.S !== undefined) return count(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + mapSize(value.M, count);
  if (value.L !== undefined) return value.L.reduce((size, element) => size + 1 + valueSize(element, count), 3);
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64');
  if (value.SS !== undefined) return value.SS.reduce((size, member) => size + count(member), 0);
  if (value.NS !== undefined) return value.NS.reduce((size, member) => size + numberSize(member), 0);
  if (value.BS !== undefined) return value.BS.reduce((size, member) => size + Buffer.byteLength(member, 'base64'), 0);
  return 1;
}

/** Two significant digits a byte, aligned to even powers of ten, one byte more, and one for a sign. */
function numberSize(text: string): number {
  if (text === '0') return 1;
  const isNegative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const all = whole + fraction;
  const first = all.search(/[1-9]/);
  const digits = all.slice(first).replace(/0+$/, '').length;
  const exponent = whole.length - 1 - first;
  const isAligned = digits % 2 !== 0 || exponent % 2 !== 0;
  return 1 + Math.ceil(digits / 2) + (isAligned ? 0 : 1) + (isNegative ? 1 : 0);
}
