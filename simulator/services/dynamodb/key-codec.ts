import type { AttributeValue } from './attribute-value';
import { encodeNumber } from './decimal';

/** The types that a key attribute can have. */
export type KeyType = 'S' | 'N' | 'B';

const ABOVE_SURROGATES = 0xe000;

/**
 * A text whose order as a JavaScript string is the service's order of the key: strings by their UTF-8 bytes, numbers by
 * value, binary by unsigned bytes. Prefixes stay prefixes for strings and binary. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html (ScanIndexForward).
 */
export function encodeKey(value: AttributeValue, type: KeyType): string {
  if (type === 'S') return encodeText(value.S!);
  if (type === 'N') return encodeNumber(value.N!);
  return Buffer.from(value.B!, 'base64').toString('latin1');
}

/** Negative, zero or positive as the UTF-8 bytes of `left` come before, with or after those of `right`. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return encodeText(left) < encodeText(right) ? -1 : 1;
}

/**
 * JavaScript compares UTF-16 units, in which the surrogates of characters beyond U+FFFF come before U+E000 to U+FFFF;
 * in UTF-8 they come after. Exchanging the two ranges repairs the order.
 */
function encodeText(text: string): string {
  if (!/[\ud800-\uffff]/.test(text)) return text;
  return text.replaceAll(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code >= ABOVE_SURROGATES ? code - 0x800 : code + (0x10000 - ABOVE_SURROGATES));
  });
}
