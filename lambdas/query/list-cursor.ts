import * as z from 'zod/mini';
import { ORDER_ID_SCHEMA } from '../../blueprint/order-api';
import { AWS_REGIONS } from '../../blueprint/regions';
import { Problem } from '../shared/problem';

/** Where a page ended: the place of an item in the index, of the customer that the request itself names. */
export interface ListPosition {
  readonly acceptedAt: number;
  readonly orderId: string;
  readonly region: string;
}

const CURSOR_SCHEMA = z.tuple([z.int().check(z.minimum(0)), ORDER_ID_SCHEMA, z.enum(AWS_REGIONS)]);

/** It says nothing of its region's state, so the other region goes on from it. It gives no rights: whoever forges one moves in a list that is theirs. */
export const toCursor = ({ acceptedAt, orderId, region }: ListPosition): string =>
  Buffer.from(JSON.stringify([acceptedAt, orderId, region])).toString('base64url');

/** @throws Problem invalid-request for what no page has given */
export function fromCursor(cursor: string): ListPosition {
  const [acceptedAt, orderId, region] = read(cursor);
  return { acceptedAt, orderId, region };
}

function read(cursor: string): z.infer<typeof CURSOR_SCHEMA> {
  try {
    return CURSOR_SCHEMA.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new Problem('invalid-request', 'The parameter "cursor" must be the "next" of another page.');
  }
}
