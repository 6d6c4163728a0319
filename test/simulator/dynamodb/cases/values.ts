import type { JsonObject } from '../../../../simulator/services/aws-service';
import { type ConformanceCase, put, refused, step, stored } from '../conformance-case';

const SUITE = 'https://github.com/paritysuite/dynamodb-conformance';
const KEY = { pk: { S: 'a' } };

function nested(depth: number): JsonObject {
  let value: JsonObject = { S: 'leaf' };
  for (let level = 0; level < depth; level++) value = { M: { n: value } };
  return value;
}

/** A value given and the value that is read back. */
function roundTrip(name: string, given: JsonObject, readBack: JsonObject = given): ConformanceCase {
  return {
    name,
    steps: [put('hash', { ...KEY, v: given }), stored('hash', KEY, { ...KEY, v: readBack })],
  };
}

function refusedValue(name: string, given: JsonObject, message: string): ConformanceCase {
  return { name, steps: [refused('PutItem', { TableName: 'hash', Item: { ...KEY, v: given } }, message)] };
}

/** Values: what is accepted, how it is read back, and how it is refused. */
export const VALUE_CASES: readonly ConformanceCase[] = [
  roundTrip('a number loses zeros that mean nothing', { N: '0042.1200' }, { N: '42.12' }),
  roundTrip('a number is read back without an exponent', { N: '1.5E3' }, { N: '1500' }),
  roundTrip('minus zero is zero', { N: '-0' }, { N: '0' }),
  roundTrip('38 digits are exact', { N: '1234567890.1234567890123456789012345678' }),
  roundTrip('the largest number', { N: '9.9E125' }, { N: `99${'0'.repeat(124)}` }),
  roundTrip('the smallest number', { N: '1E-130' }, { N: `0.${'0'.repeat(129)}1` }),
  refusedValue(
    '39 digits are too many',
    { N: '1'.repeat(39) },
    'Attempting to store more than 38 significant digits in a Number',
  ),
  refusedValue('a number can be too large', { N: '1E126' }, 'Number overflow'),
  refusedValue('a number can be too small', { N: '1E-131' }, 'Number underflow'),
  refusedValue('text is no number', { N: 'abc' }, 'The parameter cannot be converted to a numeric value: abc'),
  {
    ...refusedValue(
      'an exponent is read in full before its range is checked',
      { N: '1e99999999999' },
      'Number overflow',
    ),
  },
  {
    ...refusedValue('zero is checked by the exponent it is written with', { N: '0e126' }, 'Number overflow'),
    differs: { dynalite: `It takes every zero. Source: ${SUITE}, tests/tier3/limits/numberExponent.test.ts` },
  },
  roundTrip('an empty string that is no key', { S: '' }),
  roundTrip('an empty list and an empty map', { M: { l: { L: [] }, m: { M: {} } } }),
  roundTrip('true, false and null', { L: [{ BOOL: true }, { BOOL: false }, { NULL: true }] }),
  roundTrip('an attribute may be called like a member of every object', {
    M: { constructor: { S: 'a' }, toString: { S: 'b' } },
  }),
  {
    ...roundTrip(
      'a string set is read back in the order of its bytes',
      { SS: ['b', 'B', '', 'a'] },
      { SS: ['', 'B', 'a', 'b'] },
    ),
    differs: { dynalite: `It keeps the order of writing. Source: ${SUITE}, tests/tier1/updateItem/basic.test.ts` },
  },
  {
    ...roundTrip(
      'a number set is read back in the order of its values',
      { NS: ['10', '9', '-1.5'] },
      { NS: ['-1.5', '9', '10'] },
    ),
    differs: { dynalite: `It keeps the order of writing. Source: ${SUITE}, tests/tier1/updateItem/basic.test.ts` },
  },
  refusedValue('a string set may not be empty', { SS: [] }, 'An string set  may not be empty'),
  refusedValue('a number set may not be empty', { NS: [] }, 'An number set  may not be empty'),
  refusedValue('a binary set may not be empty', { BS: [] }, 'Binary sets should not be empty'),
  refusedValue('a set has no duplicates', { SS: ['a', 'a'] }, 'contains duplicates'),
  refusedValue('numbers that are equal are duplicates', { NS: ['1', '1.0'] }, 'Input collection contains duplicates'),
  refusedValue('null must be true', { NULL: false }, 'Null attribute value types must have the value of true'),
  refusedValue('a value has a type', {}, 'Supplied AttributeValue is empty'),
  refusedValue('a value has one type', { S: 'a', N: '1' }, 'has more than one datatypes set'),
  {
    name: 'a number that is given as a JSON number is refused as unreadable',
    steps: [
      {
        operation: 'PutItem',
        input: { TableName: 'hash', Item: { ...KEY, v: { N: 1 } } },
        fault: 'SerializationException',
        message: 'NUMBER_VALUE cannot be converted to String',
      },
    ],
  },
  roundTrip('31 maps around a value', nested(31)),
  {
    ...refusedValue('32 maps around a value are too deep', nested(32), 'Nesting Levels have exceeded supported limits'),
    differs: { dynalite: `It has no limit. Source: ${SUITE}, tests/tier3/limits/nestingDepth.test.ts` },
  },
  {
    name: 'an item of 400 KB is stored, a byte more is not',
    steps: [
      put('hash', { ...KEY, v: { S: 'x'.repeat(409_600 - 4) } }),
      refused(
        'PutItem',
        { TableName: 'hash', Item: { ...KEY, v: { S: 'x'.repeat(409_600 - 3) } } },
        'Item size has exceeded the maximum allowed size',
      ),
    ],
  },
  {
    name: 'the size of a name and of text is counted in bytes',
    steps: [
      put('hash', { ...KEY, é: { S: 'é'.repeat(204_797) } }),
      refused('PutItem', { TableName: 'hash', Item: { ...KEY, é: { S: `${'é'.repeat(204_797)}xxx` } } }, 'Item size'),
    ],
    differs: { dynalite: 'It counts characters. Source: CapacityUnitCalculations.html, "UTF-8 binary encoding".' },
  },
  {
    name: 'a number costs half a byte a digit on each side of the point',
    steps: [
      // One byte, one for 3 and three for 14159: measured in paritysuite/dynamodb-conformance,
      // tests/tier3/limits/numberByteSize.test.ts.
      put('hash', { ...KEY, n: { N: '3.14159' }, p: { S: 'x'.repeat(409_600 - 3 - 1 - 5 - 1) } }),
      refused('PutItem', {
        TableName: 'hash',
        Item: { ...KEY, n: { N: '3.14159' }, p: { S: 'x'.repeat(409_600 - 3 - 1 - 5) } },
      }),
    ],
  },
  {
    name: 'the answer to a put is empty',
    steps: [step('PutItem', { TableName: 'hash', Item: KEY }, { absent: ['Attributes'] })],
  },
];
