import type { JsonObject } from '../../../simulator/services/aws-service';
import type { TableDefinition } from '../../../simulator/services/dynamodb';

/** What the service answered: its output, or the exception's short name with its message and further members. */
export type Answer =
  | { readonly output: JsonObject }
  | { readonly fault: string; readonly message: string; readonly fields: JsonObject };

/** Something that speaks DynamoDB: the model, dynalite, or the service itself. The same cases run against each. */
export interface Implementation {
  readonly name: string;
  createTable(definition: TableDefinition): Promise<void>;
  call(operation: string, input: JsonObject): Promise<Answer>;
  close(): Promise<void>;
}
