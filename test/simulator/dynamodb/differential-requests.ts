import * as fc from 'fast-check';
import type { JsonObject } from '../../../simulator/services/aws-service';

/** A request to try on two implementations. */
export interface Request {
  readonly operation: string;
  readonly input: JsonObject;
}

const name = fc.constantFrom('a', 'b', 'c', 'd');

const number = fc.oneof(
  fc.constantFrom('0', '1', '-1', '2', '10', '1.5', '-2.50', '1E2', '0.001', '100'),
  fc.integer({ min: -50, max: 50 }).map(String),
);

const text = fc.constantFrom('', 'a', 'ab', 'abc', 'b', 'B', 'é', '1');
const base64 = fc.constantFrom('', 'AQ==', 'AQI=', 'AgM=', '/w==');

const scalar: fc.Arbitrary<JsonObject> = fc.oneof(
  { arbitrary: text.map((value): JsonObject => ({ S: value })), weight: 3 },
  { arbitrary: number.map((value): JsonObject => ({ N: value })), weight: 4 },
  { arbitrary: base64.map((value): JsonObject => ({ B: value })), weight: 1 },
  { arbitrary: fc.boolean().map((value): JsonObject => ({ BOOL: value })), weight: 1 },
  { arbitrary: fc.constant<JsonObject>({ NULL: true }), weight: 1 },
);

const set: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 3 }).map((SS): JsonObject => ({ SS })),
  fc
    .uniqueArray(fc.constantFrom('1', '2', '10', '-1'), { minLength: 1, maxLength: 3 })
    .map((NS): JsonObject => ({ NS })),
  fc
    .uniqueArray(fc.constantFrom('AQ==', 'AQI=', '/w=='), { minLength: 1, maxLength: 3 })
    .map((BS): JsonObject => ({ BS })),
);

const value: fc.Arbitrary<JsonObject> = fc.letrec<{ value: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    { arbitrary: scalar, weight: 6 },
    { arbitrary: set, weight: 2 },
    { arbitrary: fc.array(tie('value'), { maxLength: 3 }).map((L): JsonObject => ({ L })), weight: 2 },
    {
      arbitrary: fc.dictionary(name, tie('value'), { maxKeys: 3 }).map((M): JsonObject => ({ M: { ...M } })),
      weight: 2,
    },
  ),
})).value;

const item = fc.dictionary(name, value, { maxKeys: 4 }).map((attributes): JsonObject => ({ ...attributes }));

/** A path into an item, written with or without placeholders. */
const path = fc
  .tuple(
    fc.oneof(
      name,
      name.map((head) => `#${head}`),
    ),
    fc.array(
      fc.oneof(
        { arbitrary: name.map((step) => `.${step}`), weight: 2 },
        { arbitrary: fc.nat(3).map((index) => `[${index}]`), weight: 1 },
      ),
      {
        maxLength: 2,
      },
    ),
    fc.nat(9),
  )
  .map(([head, steps, depth]) => (depth < 6 ? head : [head, ...steps].join('')));

const placeholder = fc.constantFrom(':v', ':w', ':x');
const operand = fc.oneof(
  { arbitrary: path, weight: 2 },
  { arbitrary: placeholder, weight: 3 },
  { arbitrary: path.map((inner) => `size(${inner})`), weight: 1 },
);
const comparator = fc.constantFrom('=', '<>', '<', '<=', '>', '>=');

const predicate = fc.oneof(
  { arbitrary: fc.tuple(operand, comparator, operand).map((parts) => parts.join(' ')), weight: 5 },
  {
    arbitrary: fc.tuple(path, placeholder, placeholder).map(([of, low, high]) => `${of} BETWEEN ${low} AND ${high}`),
    weight: 1,
  },
  {
    arbitrary: fc.tuple(path, placeholder, placeholder).map(([of, one, other]) => `${of} IN (${one}, ${other})`),
    weight: 1,
  },
  { arbitrary: path.map((of) => `attribute_exists(${of})`), weight: 1 },
  { arbitrary: path.map((of) => `attribute_not_exists(${of})`), weight: 1 },
  { arbitrary: fc.tuple(path, placeholder).map(([of, part]) => `begins_with(${of}, ${part})`), weight: 1 },
  { arbitrary: fc.tuple(path, operand).map(([of, part]) => `contains(${of}, ${part})`), weight: 1 },
);

const condition = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: predicate, weight: 4 },
    {
      arbitrary: fc
        .tuple(tie('condition'), fc.constantFrom('AND', 'OR'), tie('condition'))
        .map((parts) => parts.join(' ')),
      weight: 2,
    },
    { arbitrary: tie('condition').map((inner) => `NOT ${inner}`), weight: 1 },
    { arbitrary: predicate.map((inner) => `(${inner})`), weight: 1 },
  ),
})).condition;

const setValue = fc.oneof(
  { arbitrary: operand.filter((text_) => !text_.startsWith('size')), weight: 3 },
  { arbitrary: fc.tuple(path, fc.constantFrom('+', '-'), placeholder).map((parts) => parts.join(' ')), weight: 2 },
  { arbitrary: fc.tuple(path, placeholder).map(([of, other]) => `if_not_exists(${of}, ${other})`), weight: 1 },
  { arbitrary: fc.tuple(path, placeholder).map(([of, other]) => `list_append(${of}, ${other})`), weight: 1 },
);

function section(keyword: string, action: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(action, { minLength: 1, maxLength: 2 }).map((actions) => `${keyword} ${actions.join(', ')}`);
}

const update = fc
  .tuple(
    fc.option(
      section(
        'SET',
        fc.tuple(path, setValue).map(([of, to]) => `${of} = ${to}`),
      ),
      { nil: '' },
    ),
    fc.option(section('REMOVE', path), { nil: '', freq: 1 }),
    fc.option(
      section(
        'ADD',
        fc.tuple(path, placeholder).map((parts) => parts.join(' ')),
      ),
      { nil: '', freq: 1 },
    ),
    fc.option(
      section(
        'DELETE',
        fc.tuple(path, placeholder).map((parts) => parts.join(' ')),
      ),
      { nil: '', freq: 1 },
    ),
  )
  .map((sections) => sections.filter((part) => part !== '').join(' '))
  .filter((update_) => update_ !== '' && !changesWhatItCopies(update_));

/**
 * Whether an update copies an attribute and changes a part of the same one. dynalite does not copy but share, so that
 * the change shows in both places, or an item contains itself and dynalite never answers again. Such updates are not
 * tried.
 */
function changesWhatItCopies(text_: string): boolean {
  const headsOf = (pattern: RegExp): readonly string[] => [...text_.matchAll(pattern)].map((match) => match[1]!);
  const changed = [
    ...headsOf(/#?([a-d])[.[][^ ]* (?:=|:)/g),
    ...headsOf(/REMOVE .*?#?([a-d])[.[]/g),
    ...headsOf(/#?([a-d]) :/g),
  ];
  const copied = new Set(headsOf(/= (?:\w+\()?#?([a-d])/g));
  return changed.some((head) => copied.has(head));
}

/** Adds to the request just the placeholders that its expressions use. */
function withPlaceholders(input: JsonObject, values: Readonly<Record<string, JsonObject>>): JsonObject {
  const used = `${String(input.UpdateExpression)} ${String(input.ConditionExpression)} ${String(input.FilterExpression)}`;
  const names = ['a', 'b', 'c', 'd'].filter((letter) => new RegExp(`#${letter}(?![a-z])`).test(used));
  const bound = Object.entries(values).filter(([letter]) => new RegExp(`${letter}(?![a-z])`).test(used));
  return {
    ...input,
    ...(names.length === 0
      ? {}
      : { ExpressionAttributeNames: Object.fromEntries(names.map((letter) => [`#${letter}`, letter])) }),
    ...(bound.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(bound) }),
  };
}

const KEY: JsonObject = { pk: { S: 'key' } };
const bindings = fc.record({ ':v': value, ':w': scalar, ':x': fc.oneof(set, value) });
const returnValues = fc.constantFrom('NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW');

const conditionalPut = fc.tuple(condition, bindings).map(([ConditionExpression, values]): Request => ({
  operation: 'PutItem',
  input: withPlaceholders(
    { TableName: 'hash', Item: { ...KEY, a: { S: 'written' } }, ConditionExpression, ReturnValues: 'ALL_OLD' },
    values,
  ),
}));

const updates = fc
  .tuple(update, fc.option(condition, { nil: undefined, freq: 1 }), bindings, returnValues)
  .map(([UpdateExpression, ConditionExpression, values, ReturnValues]): Request => ({
    operation: 'UpdateItem',
    input: withPlaceholders(
      {
        TableName: 'hash',
        Key: KEY,
        UpdateExpression,
        ReturnValues,
        ...(ConditionExpression === undefined ? {} : { ConditionExpression }),
      },
      values,
    ),
  }));

const filteredScan = fc.tuple(condition, bindings).map(([FilterExpression, values]): Request => ({
  operation: 'Scan',
  input: withPlaceholders({ TableName: 'hash', FilterExpression }, values),
}));

/** An item, or none, and a request about it. */
export const experiment: fc.Arbitrary<{ readonly item: JsonObject | undefined; readonly request: Request }> = fc.record(
  {
    item: fc.option(
      item.map((attributes): JsonObject => ({ ...KEY, ...attributes })),
      { nil: undefined, freq: 9 },
    ),
    request: fc.oneof(
      { arbitrary: conditionalPut, weight: 3 },
      { arbitrary: updates, weight: 5 },
      { arbitrary: filteredScan, weight: 1 },
    ),
  },
);
