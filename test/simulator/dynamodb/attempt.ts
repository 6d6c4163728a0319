import type { Json, JsonObject } from '../../../simulator/services/aws-service';
import type { Request } from './differential-requests';
import type { Implementation } from './implementation';

/** What an implementation made of a request. */
export interface Outcome {
  readonly fault?: string;
  readonly message?: string;
  readonly output?: JsonObject;
  readonly stored: JsonObject | string;
}

const KEY: JsonObject = { pk: { S: 'key' } };

/** Brings the item into place, makes the request, and looks at the answer and at what is stored then. */
export async function attempt(
  implementation: Implementation,
  item: JsonObject | undefined,
  { operation, input }: Request,
): Promise<Outcome> {
  if (item === undefined) await implementation.call('DeleteItem', { TableName: 'hash', Key: KEY });
  else await implementation.call('PutItem', { TableName: 'hash', Item: item });
  const answer = await implementation.call(operation, input);
  const stored = await implementation.call('GetItem', { TableName: 'hash', Key: KEY });
  return {
    ...('fault' in answer
      ? { fault: answer.fault, message: answer.message.replace(/^1 validation error detected: /, '') }
      : { output: canonical(answer.output) }),
    stored: 'output' in stored ? canonical(stored.output) : stored.fault,
  } as Outcome;
}

/** Sets have no order that both implementations share, and an empty map of attributes says as much as none. */
function canonical(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((member) => canonical(member) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  const result: JsonObject = {};
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (name === 'Attributes' && Object.keys(member as JsonObject).length === 0) continue;
    const isSet = (name === 'SS' || name === 'NS' || name === 'BS') && Array.isArray(member);
    result[name] = isSet ? [...(member as string[])].sort() : canonical(member);
  }
  return result;
}
