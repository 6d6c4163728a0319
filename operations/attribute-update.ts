import type { PlainItem } from './switch-platform';

/** The parts of an UpdateItem that set some attributes and take others away. */
export interface AttributeUpdate<Value> {
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  /** @default - nothing is set: DynamoDB refuses an empty one */
  readonly ExpressionAttributeValues?: Record<string, Value>;
}

/** @param attributes those that are undefined are taken away */
export function updateOf<Value>(
  attributes: Readonly<Record<string, PlainItem[string] | undefined>>,
  toAttribute: (value: PlainItem[string]) => Value,
): AttributeUpdate<Value> {
  const names = Object.keys(attributes);
  const set = Object.entries(attributes).flatMap(([name, value]): [string, Value][] =>
    value === undefined ? [] : [[name, toAttribute(value)]],
  );
  const removed = names.filter((name) => attributes[name] === undefined);
  return {
    UpdateExpression: [
      ...(set.length === 0 ? [] : [`SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`]),
      ...(removed.length === 0 ? [] : [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`]),
    ].join(' '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ...(set.length === 0
      ? {}
      : { ExpressionAttributeValues: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])) }),
  };
}
