import type { JsonObject } from '../../../simulator/services/aws-service';
import type { QueueDefinition } from '../../../simulator/services/sqs';

/** What the service answered: its output, or the exception's short name with its message. */
export type Answer = { readonly output: JsonObject } | { readonly fault: string; readonly message: string };

/** Something that speaks SQS: the model, or the service itself. The same cases run against each. */
export interface Implementation {
  readonly name: string;
  createQueue(definition: Omit<QueueDefinition, 'region'>): Promise<{ readonly arn: string; readonly url: string }>;
  call(operation: string, input: JsonObject): Promise<Answer>;
  waitSeconds(seconds: number): Promise<void>;
}
