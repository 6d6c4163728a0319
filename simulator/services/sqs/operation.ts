import { NotModelled } from '../../kernel/errors';
import type { JsonObject } from '../aws-service';
import { missingParameterFault } from './faults';
import type { Queue } from './queue';

/** What an operation works with. */
export interface OperationContext {
  readonly region: string;
  /** @throws AwsFault QueueDoesNotExist, InvalidAddress */
  queueAt(queueUrl: string): Queue;
  /** @throws AwsFault QueueDoesNotExist */
  queueNamed(queueName: string): Queue;
}

/** One API operation, applied atomically. */
export type Operation = (context: OperationContext, input: JsonObject) => JsonObject;

/** @throws NotModelled for a parameter that is not listed */
export function checkParameters(operation: string, modelled: ReadonlySet<string>, input: JsonObject): void {
  for (const name in input) {
    if (input[name] === undefined || input[name] === null || modelled.has(name)) continue;
    throw new NotModelled(`Parameter ${name} of SQS ${operation}`, 'Leave it out, or add it to the model.');
  }
}

/** The queue of a call. @throws AwsFault */
export function targetQueue(context: OperationContext, input: JsonObject): Queue {
  return context.queueAt(requiredText(input, 'QueueUrl'));
}

/** @throws AwsFault MissingRequiredParameterException */
export function requiredText(input: JsonObject, name: string): string {
  const value = input[name];
  if (typeof value !== 'string' || value === '') throw missingParameterFault(name);
  return value;
}
