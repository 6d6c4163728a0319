import type { JsonObject } from '../aws-service';
import type { AttributeMap } from './attribute-value';
import { isFulfilled } from './expressions/condition-evaluator';
import { project } from './expressions/document-path';
import { itemSizeOf } from './item-size';
import type { OperationOutput } from './operation';
import { lastEvaluatedKey, projected, type ReadableEntry, type ReadTarget } from './read-target';
import type { RequestExpressions } from './request-expressions';

/**
 * A page ends after this many bytes of items, before the filter. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html
 */
const PAGE_BYTES_MAX = 1_048_576;

/** Reads entries until the limit, the size of a page or the end, then filters and projects what was read. */
export function readPage(
  entries: Iterable<ReadableEntry>,
  target: ReadTarget,
  input: JsonObject,
  { filter, projection, bindings }: RequestExpressions,
): OperationOutput {
  const limit = (input.Limit as number | undefined) ?? Infinity;
  const items: AttributeMap[] = [];
  let scannedCount = 0;
  let bytes = 0;
  let last: AttributeMap | undefined;
  for (const entry of entries) {
    const item = projected(target, entry.item);
    scannedCount++;
    bytes += itemSizeOf(item);
    if (filter === undefined || isFulfilled(filter, item, bindings)) {
      items.push(projection === undefined ? item : project(projection, item));
    }
    // A page that is full names where it ended, even if nothing follows: the service does not look ahead.
    if (scannedCount >= limit || bytes >= PAGE_BYTES_MAX) {
      last = entry.item;
      break;
    }
  }
  return {
    Count: items.length,
    ScannedCount: scannedCount,
    ...(input.Select === 'COUNT' ? {} : { Items: items }),
    ...(last === undefined ? {} : { LastEvaluatedKey: lastEvaluatedKey(target, last) }),
  };
}
