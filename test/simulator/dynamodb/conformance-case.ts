import type { JsonObject } from '../../../simulator/services/aws-service';

/** One call and what it must answer. */
export interface Step {
  readonly operation: string;
  readonly input: JsonObject;
  /** Members the output must have; lists and maps in full. */
  readonly output?: object;
  /** Members the output must not have. */
  readonly absent?: readonly string[];
  /** The exception's short name. */
  readonly fault?: string;
  /** A part of its message. */
  readonly message?: string;
  /** Further members of the exception. */
  readonly fields?: object;
}

/** One behaviour of the service, as calls and answers that can be pointed at any implementation. */
export interface ConformanceCase {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Why an implementation is known not to behave so, by its name. It must then really fail the case. */
  readonly differs?: Readonly<Record<string, string>>;
}

export function step(operation: string, input: JsonObject, expected: Omit<Step, 'operation' | 'input'> = {}): Step {
  return { operation, input, ...expected };
}

/** A put that must succeed. */
export function put(tableName: string, item: JsonObject, expected: Omit<Step, 'operation' | 'input'> = {}): Step {
  return step('PutItem', { TableName: tableName, Item: item }, expected);
}

/** A read that must find exactly this item. */
export function stored(tableName: string, key: JsonObject, item: JsonObject): Step {
  return step('GetItem', { TableName: tableName, Key: key, ConsistentRead: true }, { output: { Item: item } });
}

/** A request that must be refused as invalid, with this in the message. */
export function refused(operation: string, input: JsonObject, message?: string): Step {
  return { operation, input, fault: 'ValidationException', ...(message === undefined ? {} : { message }) };
}
