import { NotModelled } from '../../kernel/errors';
import type { Json, JsonObject } from '../aws-service';
import { serializationFault, validationFault } from './faults';

/** What one parameter of an operation may be. */
export interface Parameter {
  readonly type: 'string' | 'boolean' | 'integer' | 'map' | 'list';
  readonly isRequired?: boolean;
  /** The service's own order, since refusals list it. */
  readonly oneOf?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly lengthMin?: number;
  readonly lengthMax?: number;
  /** Values that the service takes and the simulator does not. */
  readonly notModelled?: readonly Json[];
}

/** The parameters of one operation. What is not listed is not modelled, and refused by name. */
export type Parameters = Readonly<Record<string, Parameter>>;

const NAME: Parameter = { type: 'string', pattern: /^[a-zA-Z0-9_.-]+$/, lengthMin: 3, lengthMax: 255 };

export const TABLE_NAME: Parameter = { ...NAME, isRequired: true };
export const INDEX_NAME: Parameter = NAME;
export const MAP: Parameter = { type: 'map' };
export const REQUIRED_MAP: Parameter = { type: 'map', isRequired: true };
export const TEXT: Parameter = { type: 'string' };
export const FLAG: Parameter = { type: 'boolean' };
export const RETURN_VALUES: Parameter = {
  type: 'string',
  oneOf: ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'],
};
export const RETURN_VALUES_ON_FAILURE: Parameter = { type: 'string', oneOf: ['ALL_OLD', 'NONE'] };
export const RETURN_CONSUMED_CAPACITY: Parameter = {
  type: 'string',
  oneOf: ['INDEXES', 'TOTAL', 'NONE'],
  notModelled: ['INDEXES', 'TOTAL'],
};
export const RETURN_ITEM_COLLECTION_METRICS: Parameter = {
  type: 'string',
  oneOf: ['SIZE', 'NONE'],
  notModelled: ['SIZE'],
};

export const SELECT: Parameter = {
  type: 'string',
  oneOf: ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'],
};
export const LIMIT: Parameter = { type: 'integer', min: 1 };

/** The service reports at most this many violations at once. */
const VIOLATIONS_MAX = 10;

/**
 * Checks the members of a request one by one, as the service does before it looks at what they mean together.
 * @throws AwsFault for wrong shapes and violated constraints, NotModelled for parameters that are not listed
 */
export function checkParameters(operation: string, parameters: Parameters, input: JsonObject): void {
  for (const name in input) {
    if (input[name] === undefined || input[name] === null) continue;
    const parameter = parameters[name];
    if (parameter === undefined) {
      throw new NotModelled(
        `Parameter ${name} of DynamoDB ${operation}`,
        'Use the expression parameters, or add it to the model.',
      );
    }
    checkType(parameter, input[name]);
    if (parameter.notModelled?.includes(input[name]) === true) {
      throw new NotModelled(`${name} ${String(input[name])} of DynamoDB ${operation}`, 'Leave it out.');
    }
  }
  const violations: string[] = [];
  for (const name in parameters) collectViolations(name, parameters[name]!, input[name], violations);
  if (violations.length === 0) return;
  const shown = violations.slice(0, VIOLATIONS_MAX);
  throw validationFault(`${shown.length} validation error${shown.length > 1 ? 's' : ''} detected: ${shown.join('; ')}`);
}

/** Some writes know only the item as it was. @throws ValidationException */
export function checkReturnsOldOrNone({ ReturnValues: returnValues }: JsonObject): void {
  if (returnValues === undefined || returnValues === 'ALL_OLD' || returnValues === 'NONE') return;
  throw validationFault('ReturnValues can only be ALL_OLD or NONE');
}

function checkType({ type }: Parameter, value: Json): void {
  if (type === 'map') {
    if (typeof value === 'object' && !Array.isArray(value)) return;
    throw serializationFault('Unexpected field type');
  }
  if (type === 'list') {
    if (Array.isArray(value)) return;
    throw serializationFault('Unexpected field type');
  }
  const expected = type === 'integer' ? 'number' : type;
  if (typeof value === expected) return;
  const javaType = { string: 'String', boolean: 'Boolean', integer: 'Integer' }[type];
  if (Array.isArray(value)) throw serializationFault(`Unrecognized collection type class java.lang.${javaType}`);
  if (typeof value === 'object') throw serializationFault('Start of structure or map found where not expected');
  const token =
    typeof value === 'boolean' ? `${value ? 'TRUE' : 'FALSE'}_VALUE` : `${typeof value}_VALUE`.toUpperCase();
  throw serializationFault(`${token} cannot be converted to ${javaType}`);
}

function collectViolations(name: string, parameter: Parameter, value: Json | undefined, violations: string[]): void {
  if (value === undefined || value === null) {
    if (parameter.isRequired === true) violations.push(violation(name, null, 'Member must not be null'));
    return;
  }
  if (typeof value === 'string') {
    const { pattern, lengthMin = 0, lengthMax = Infinity, oneOf } = parameter;
    if (pattern?.test(value) === false) {
      const source = pattern.source.slice(1, -1);
      violations.push(violation(name, value, `Member must satisfy regular expression pattern: ${source}`));
    }
    if (value.length < lengthMin) {
      violations.push(violation(name, value, `Member must have length greater than or equal to ${lengthMin}`));
    }
    if (value.length > lengthMax) {
      violations.push(violation(name, value, `Member must have length less than or equal to ${lengthMax}`));
    }
    if (oneOf?.includes(value) === false) {
      violations.push(violation(name, value, `Member must satisfy enum value set: [${oneOf.join(', ')}]`));
    }
  } else if (Array.isArray(value)) {
    const { lengthMin = 0, lengthMax = Infinity } = parameter;
    if (value.length < lengthMin) {
      violations.push(violation(name, '[]', `Member must have length greater than or equal to ${lengthMin}`));
    }
    if (value.length > lengthMax) {
      violations.push(violation(name, '[...]', `Member must have length less than or equal to ${lengthMax}`));
    }
  } else if (typeof value === 'number') {
    const { min = -Infinity, max = Infinity } = parameter;
    if (value < min) {
      violations.push(violation(name, value, `Member must have value greater than or equal to ${min}`));
    }
    if (value > max) {
      violations.push(violation(name, value, `Member must have value less than or equal to ${max}`));
    }
  }
}

function violation(name: string, value: string | number | null, constraint: string): string {
  const shown = value === null ? 'null' : `'${value}'`;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return `Value ${shown} at '${member}' failed to satisfy constraint: ${constraint}`;
}
