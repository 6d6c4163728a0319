import { AwsFault, type JsonObject } from '../aws-service';
import { queryErrorHeader } from './faults';
import { checkParameters } from './operation';

/** Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html */
const ENTRIES_MAX = 10;

/** Checks the entries of a batch as a whole. @throws AwsFault, NotModelled for a member that is not listed */
export function readEntries(
  operation: string,
  modelled: ReadonlySet<string>,
  input: JsonObject,
): readonly (JsonObject & { readonly Id: string })[] {
  const entries = (input.Entries ?? []) as JsonObject[];
  if (entries.length === 0) {
    throw new AwsFault('EmptyBatchRequest', `There should be at least one ${operation}RequestEntry in the request.`);
  }
  if (entries.length > ENTRIES_MAX) {
    throw new AwsFault(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${ENTRIES_MAX}. You have sent ${entries.length}.`,
    );
  }
  const ids = new Set<string>();
  for (const entry of entries) {
    checkParameters(`${operation} entry`, modelled, entry);
    const id = entry.Id;
    if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{1,80}$/.test(id)) {
      throw new AwsFault(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. ' +
          'It can be at most 80 letters long.',
      );
    }
    if (ids.has(id)) throw new AwsFault('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    ids.add(id);
  }
  return entries as (JsonObject & { Id: string })[];
}

/** Applies each entry on its own: a fault of one is told in the answer and does not stop the others. */
export function applyEntries(
  entries: readonly (JsonObject & { readonly Id: string })[],
  apply: (entry: JsonObject) => JsonObject,
): JsonObject {
  const successful: JsonObject[] = [];
  const failed: JsonObject[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id, ...apply(entry) });
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      // Entries carry the codes of the older protocol.
      const [code] = queryErrorHeader(error.code).split(';');
      failed.push({ Id: entry.Id, Code: code!, Message: error.message, SenderFault: error.httpStatus < 500 });
    }
  }
  return {
    ...(successful.length === 0 ? {} : { Successful: successful }),
    ...(failed.length === 0 ? {} : { Failed: failed }),
  };
}
