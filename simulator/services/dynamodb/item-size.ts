import type { AttributeMap, AttributeValue } from './attribute-value';

/**
 * 400 KB, names and values together. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export const ITEM_BYTES_MAX = 409_600;

/** How the parts of an item are counted. */
interface Measure {
  text(text: string): number;
  number(text: string): number;
}

const EXACT: Measure = { text: (text) => Buffer.byteLength(text), number: numberSize };

/** In UTF-8 each UTF-16 unit takes at most three bytes, and no number takes more bytes than this. */
const BOUND: Measure = { text: (text) => text.length * 3, number: (text) => text.length + 2 };

/**
 * Bytes of the item as the service counts them. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSizeOf(item: AttributeMap): number {
  return mapSize(item, EXACT);
}

/** A size that the item does not exceed, found without counting bytes: enough to tell that an item is small. */
export function itemSizeBoundOf(item: AttributeMap): number {
  return mapSize(item, BOUND);
}

/** Whether the item is larger than the service stores. */
export function isTooLarge(item: AttributeMap): boolean {
  return itemSizeBoundOf(item) > ITEM_BYTES_MAX && itemSizeOf(item) > ITEM_BYTES_MAX;
}

function mapSize(map: AttributeMap, measure: Measure): number {
  let size = 0;
  for (const name in map) size += measure.text(name) + valueSize(map[name]!, measure);
  return size;
}

function valueSize(value: AttributeValue, measure: Measure): number {
  if (value.S !== undefined) return measure.text(value.S);
  if (value.N !== undefined) return measure.number(value.N);
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + mapSize(value.M, measure);
  if (value.L !== undefined) return value.L.reduce((size, element) => size + 1 + valueSize(element, measure), 3);
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64');
  if (value.SS !== undefined) return value.SS.reduce((size, member) => size + measure.text(member), 0);
  if (value.NS !== undefined) return value.NS.reduce((size, member) => size + measure.number(member), 0);
  if (value.BS !== undefined) return value.BS.reduce((size, member) => size + Buffer.byteLength(member, 'base64'), 0);
  return 1;
}

/**
 * A byte, one for each two significant digits before and after the point, and one for a sign. The developer guide's
 * rule is coarser; this one was measured: https://github.com/paritysuite/dynamodb-conformance
 * (tests/tier3/limits/numberByteSize.test.ts)
 * @param text a normalized number
 */
function numberSize(text: string): number {
  if (text === '0') return 1;
  const isNegative = text.startsWith('-');
  const [whole = '', fraction] = (isNegative ? text.slice(1) : text).split('.');
  const wholeDigits = fraction === undefined ? whole.replace(/0+$/, '') : whole.replace(/^0$/, '');
  const fractionDigits = wholeDigits === '' ? (fraction ?? '').replace(/^0+/, '') : (fraction ?? '');
  return 1 + Math.ceil(wholeDigits.length / 2) + Math.ceil(fractionDigits.length / 2) + (isNegative ? 1 : 0);
}
