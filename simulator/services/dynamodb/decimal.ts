import { validationFault } from './faults';

/**
 * DynamoDB's numbers: decimals of up to 38 significant digits, magnitude 1E-130 to 9.99...E+125, exact (no binary
 * floating point). Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
export interface Decimal {
  readonly isNegative: boolean;
  /** Significant digits without leading or trailing zeros; "0" for zero. */
  readonly digits: string;
  /** The power of ten of the first digit: 123 has exponent 2, 0.05 has exponent -2. */
  readonly exponent: number;
}

const SIGNIFICANT_DIGITS_MAX = 38;
const EXPONENT_MAX = 125;
const EXPONENT_MIN = -130;
const NUMBER_PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * Up to this length a decimal has at most 15 significant digits, so a double holds it without confusing it with
 * another.
 */
const EXACT_AS_DOUBLE_LENGTH = 15;

/** The text in which DynamoDB gives a number back: no exponent, no superfluous zeros. @throws ValidationException */
export function normalizeNumber(text: string): string {
  if (text.length <= EXACT_AS_DOUBLE_LENGTH) {
    const asDouble = Number(text);
    if (Number.isSafeInteger(asDouble) && String(asDouble) === text) return text;
  }
  return formatDecimal(parseDecimal(text));
}

/**
 * The exponent is read in full before the range is checked, and zero is checked by the exponent it is written with.
 * Source: captures of the service in https://github.com/paritysuite/dynamodb-conformance
 * (tests/tier3/limits/numberExponent.test.ts)
 * @throws ValidationException what the service answers to text that is not a number or not within its range
 */
export function parseDecimal(text: string): Decimal {
  const match = NUMBER_PATTERN.exec(text);
  const [, sign, whole = '', fraction = '', power = '0'] = match ?? [];
  const isPowerReadable = BigInt.asIntN(64, BigInt(power)) === BigInt(power);
  if (match === null || whole.length + fraction.length === 0 || !isPowerReadable) {
    throw validationFault(`The parameter cannot be converted to a numeric value: ${text}`);
  }
  return checkRange(decimalOf(sign === '-', whole + fraction, whole.length - 1 + Number(power)));
}

/** A sum or difference. @throws ValidationException when the result needs more than 38 digits or leaves the range */
export function addNumbers(left: string, right: string, isSubtraction = false): string {
  const leftValue = Number(left);
  const rightValue = Number(right);
  const quick = isSubtraction ? leftValue - rightValue : leftValue + rightValue;
  if (Number.isSafeInteger(leftValue) && Number.isSafeInteger(rightValue) && Number.isSafeInteger(quick)) {
    if (isPlainInteger(left) && isPlainInteger(right)) return String(quick);
  }
  const one = parseDecimal(left);
  const other = parseDecimal(right);
  const scale = Math.min(lowestPower(one), lowestPower(other));
  const term = scaled(other, scale);
  const sum = scaled(one, scale) + (isSubtraction ? -term : term);
  if (sum === 0n) return '0';
  const digits = (sum < 0n ? -sum : sum).toString();
  return formatDecimal(checkRange(decimalOf(sum < 0n, digits, digits.length - 1 + scale)));
}

/** Negative, zero or positive as `left` is less than, equal to or greater than `right`. Both must be normalized. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  if (left.length <= EXACT_AS_DOUBLE_LENGTH && right.length <= EXACT_AS_DOUBLE_LENGTH) {
    return Number(left) - Number(right);
  }
  return encodeNumber(left) < encodeNumber(right) ? -1 : 1;
}

/** A text whose order as a JavaScript string is the order of the numbers. The number must be normalized. */
export function encodeNumber(text: string): string {
  // Most keys that are numbers are times: whole and above zero, they are their own digits.
  if (/^[1-9]\d{0,37}$/.test(text)) return encodePositive(text.length - 1, text.replace(/0+$/, ''));
  const { isNegative, digits, exponent } = parseDecimal(text);
  if (digits === '0') return '1';
  if (!isNegative) return encodePositive(exponent, digits);
  const biased = exponent - EXPONENT_MIN;
  const complement = digits.replace(/\d/g, (digit) => String(9 - Number(digit)));
  // The tilde sorts after every digit, so -1.5 comes after -1.52, whose complement is longer.
  return `0${String(999 - biased).padStart(3, '0')}${complement}~`;
}

const encodePositive = (exponent: number, digits: string): string =>
  `2${String(exponent - EXPONENT_MIN).padStart(3, '0')}${digits}`;

function decimalOf(isNegative: boolean, digits: string, exponent: number): Decimal {
  const firstSignificant = digits.search(/[1-9]/);
  if (firstSignificant === -1) return { isNegative: false, digits: '0', exponent };
  return {
    isNegative,
    digits: digits.slice(firstSignificant).replace(/0+$/, ''),
    exponent: exponent - firstSignificant,
  };
}

function checkRange(value: Decimal): Decimal {
  if (value.exponent > EXPONENT_MAX) {
    throw validationFault('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (value.exponent < EXPONENT_MIN) {
    throw validationFault('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (value.digits.length > SIGNIFICANT_DIGITS_MAX) {
    throw validationFault('Attempting to store more than 38 significant digits in a Number');
  }
  return value;
}

function formatDecimal({ isNegative, digits, exponent }: Decimal): string {
  if (digits === '0') return '0';
  const sign = isNegative ? '-' : '';
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${sign}${digits.padEnd(exponent + 1, '0')}`;
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** The power of ten of the last significant digit. */
function lowestPower({ digits, exponent }: Decimal): number {
  return exponent - digits.length + 1;
}

function scaled(value: Decimal, scale: number): bigint {
  const magnitude = BigInt(value.digits) * 10n ** BigInt(lowestPower(value) - scale);
  return value.isNegative ? -magnitude : magnitude;
}

function isPlainInteger(text: string): boolean {
  return text.length <= EXACT_AS_DOUBLE_LENGTH && !text.includes('.');
}
