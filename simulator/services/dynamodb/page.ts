import type { JsonObject } from '../aws-service';
import type { AttributeMap } from './attribute-value';
import { isFulfilled } from './expressions/condition-evaluator';
import { project } from './expressions/document-path';
import { itemSizeBoundOf, itemSizeOf } from './item-size';
import { readUnitsOf, spend } from './on-demand-throughput';
import type { OperationOutput } from './operation';
import { lastEvaluatedKey, projected, type ReadableEntry, type ReadTarget } from './read-target';
import type { RequestExpressions } from './request-expressions';

/**
 * A page ends after this many bytes of items, before the filter. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html
 */
const PAGE_BYTES_MAX = 1_048_576;

/**
 * Reads entries until the limit, the size of a page or the end, then filters and projects what was read.
 * @param partitionKey undefined for a scan, which goes through all of them
 * @throws AwsFault when the table or the index does not sustain it
 */
export function readPage(
  entries: Iterable<ReadableEntry>,
  target: ReadTarget,
  input: JsonObject,
  { filter, projection, bindings }: RequestExpressions,
  partitionKey?: string,
): OperationOutput {
  const limit = (input.Limit as number | undefined) ?? Infinity;
  const page = new PageSize();
  const items: AttributeMap[] = [];
  const read: AttributeMap[] = [];
  let last: AttributeMap | undefined;
  for (const entry of entries) {
    const item = projected(target, entry.item);
    read.push(item);
    page.add(item);
    if (filter === undefined || isFulfilled(filter, item, bindings)) {
      items.push(projection === undefined ? item : project(projection, item));
    }
    // A page that is full names where it ended, even if nothing follows: the service does not look ahead.
    if (read.length >= limit || page.isFull) {
      last = entry.item;
      break;
    }
  }
  const { throughput } = target;
  const units = readUnitsOf(read, input.ConsistentRead === true);
  spend([{ throughput, access: 'Read', partitionKey, units }]);
  return {
    Count: items.length,
    ScannedCount: read.length,
    ...(input.Select === 'COUNT' ? {} : { Items: items }),
    ...(last === undefined ? {} : { LastEvaluatedKey: lastEvaluatedKey(target, last) }),
  };
}

/** Adds up a page. Bytes are counted only once a bound that is quick to find says that the page may be full. */
class PageSize {
  private readonly uncounted: AttributeMap[] = [];
  private bound = 0;
  private bytes = 0;

  add(item: AttributeMap): void {
    this.uncounted.push(item);
    this.bound += itemSizeBoundOf(item);
  }

  get isFull(): boolean {
    if (this.bound < PAGE_BYTES_MAX) return false;
    for (const item of this.uncounted.splice(0)) this.bytes += itemSizeOf(item);
    return this.bytes >= PAGE_BYTES_MAX;
  }
}
