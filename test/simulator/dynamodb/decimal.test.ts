import * as fc from 'fast-check';
import {
  addNumbers,
  compareNumbers,
  encodeNumber,
  normalizeNumber,
} from '../../../simulator/services/dynamodb/decimal';

/** A number as a whole count of 10^-12, small enough that every sum has at most 38 digits. */
const scaled = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

function decimalText(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(13, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -12)}.${digits.slice(-12)}`;
}

test('sums and differences are exact', () => {
  fc.assert(
    fc.property(scaled, scaled, (left, right) => {
      const [a, b] = [normalizeNumber(decimalText(left)), normalizeNumber(decimalText(right))];
      expect(addNumbers(a, b)).toBe(normalizeNumber(decimalText(left + right)));
      expect(addNumbers(a, b, true)).toBe(normalizeNumber(decimalText(left - right)));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('the order of numbers and of their encodings is the order of their values', () => {
  const nearby = fc.oneof(
    scaled,
    fc.bigInt({ min: -1000n, max: 1000n }),
    fc.bigInt({ min: -20n, max: 20n }).map((n) => n * 10n ** 11n),
  );
  fc.assert(
    fc.property(nearby, nearby, (left, right) => {
      const [a, b] = [normalizeNumber(decimalText(left)), normalizeNumber(decimalText(right))];
      const expected = left < right ? -1 : left > right ? 1 : 0;
      expect(Math.sign(compareNumbers(a, b))).toBe(expected);
      const [x, y] = [encodeNumber(a), encodeNumber(b)];
      expect(x < y ? -1 : x > y ? 1 : 0).toBe(expected);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test('numbers of very different size keep their order', () => {
  const ascending = [
    '-1E125',
    '-100',
    '-10.5',
    '-10',
    '-1',
    '-0.5',
    '-1E-130',
    '0',
    '1E-130',
    '0.5',
    '1',
    '9',
    '10',
    '99',
    '100',
    '100.5',
    '1E37',
    '99999999999999999999999999999999999999',
    '1E38',
    '1E125',
  ];

  const encoded = ascending.map((text) => encodeNumber(normalizeNumber(text)));

  expect([...encoded].sort()).toEqual(encoded);
});
