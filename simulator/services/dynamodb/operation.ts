import type { JsonObject } from '../aws-service';
import { resourceNotFoundFault } from './faults';
import type { ClientRequestTokens } from './client-request-tokens';
import type { Replica } from './replica';

/** What an operation answers. It shares values with the stored items, so it must not be written to. */
export type OperationOutput = Readonly<Record<string, unknown>>;

/** What an operation works with: the tables of the region it was called in. */
export interface OperationContext {
  readonly region: string;
  readonly accountId: string;
  /** The region's replica of a table, or undefined. */
  findReplica(tableName: string): Replica | undefined;
  /** Called before a ConditionalCheckFailedException is answered. */
  noteConditionalCheckFailed(tableName: string): void;
  /** The tokens of the region's transactions. */
  readonly tokens: ClientRequestTokens;
}

/** One API operation, applied atomically. */
export type Operation = (context: OperationContext, input: JsonObject) => OperationOutput;

/** @throws ResourceNotFoundException */
export function replicaOf(context: OperationContext, input: JsonObject): Replica {
  const replica = context.findReplica(input.TableName as string);
  if (replica === undefined) throw resourceNotFoundFault();
  return replica;
}
