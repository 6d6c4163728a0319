import { OrderClient } from '../../client';
import type { OrderList } from '../../blueprint/order-api';
import type { GameDayTarget } from '../targets/target';

/** An order as a list shows it. */
export type ListedOrder = OrderList['orders'][number];

/** What a customer was shown by the region's own host, all pages together. */
export interface CustomerList {
  readonly region: string;
  readonly customerId: string;
  readonly orders: readonly ListedOrder[];
  /** How many pages it took. */
  readonly pages: number;
  /** The status of an answer that was no page; its orders are those of the pages before. @default - the last page was read */
  readonly failedWith?: number | 'timeout';
}

/** Small, so that lists are cut, and the parts of one order fall on different pages. */
const PAGE_SIZE = 10;
/** No more than the route lets pass, and no less: a day without orders is soon an alarm of its own. */
const PAUSE_MS = 200;
/** A list that never ends is a finding, not a reason to hang. */
const PAGES_MAX = 500;

/** Reads the lists of customers one after the other, in both regions at the same time. It ends when time has run on. */
export async function readOrderLists(
  target: GameDayTarget,
  customerIds: readonly string[],
): Promise<readonly CustomerList[]> {
  const { primary, standby } = target.regions;
  const lists = await Promise.all(
    [primary, standby].map(async (region) => {
      const found: CustomerList[] = [];
      for (const customerId of customerIds) found.push(await readList(target, region, customerId));
      return found;
    }),
  );
  return lists.flat();
}

async function readList(target: GameDayTarget, region: string, customerId: string): Promise<CustomerList> {
  const platform = target.caller(`lists/${region}`);
  const regionHosts = { [region]: target.regionHosts[region]! };
  const client = new OrderClient({ platform, signer: target.authorizerOf(customerId), regionHosts });
  const orders: ListedOrder[] = [];
  let cursor: string | undefined;
  for (let pages = 1; pages <= PAGES_MAX; pages++) {
    await platform.sleep(PAUSE_MS);
    const answer = await client.listOrders(customerId, {
      limit: PAGE_SIZE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (answer?.status !== 200) return { region, customerId, orders, pages, failedWith: answer?.status ?? 'timeout' };
    const page = JSON.parse(answer.body) as OrderList;
    orders.push(...page.orders);
    cursor = page.next;
    if (cursor === undefined) return { region, customerId, orders, pages };
  }
  return { region, customerId, orders, pages: PAGES_MAX, failedWith: 'timeout' };
}
