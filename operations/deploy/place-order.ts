import { randomUUID } from 'node:crypto';
import { STSClient } from '@aws-sdk/client-sts';
import { nodePlatform, OrderClient, RequestSigner } from '../../client';
import type { Deployment } from '../deployment';

const ORDER_WAIT_MS = 20_000;
const POLL_MS = 1_000;

/**
 * One cent by a customer of its own, signed with the credentials of this process, through the client that callers use.
 * @returns the outcome of the order, or the answer that was none
 */
export async function placeOrder({ regions }: Deployment): Promise<string> {
  const credentials = await new STSClient({ region: regions[0].region }).config.credentials();
  const regionHosts = Object.fromEntries(regions.map(({ region, publicHost }) => [region, publicHost]));
  const client = new OrderClient({ platform: nodePlatform(), signer: new RequestSigner(credentials), regionHosts });
  const order = { customerId: 'smoke-test', amount: 1, currency: 'EUR' };
  const accepted = await client.placeOrder(randomUUID(), order);
  if (accepted?.status !== 202) return `${accepted?.status ?? 'no answer'} ${accepted?.body ?? ''}`.trim();
  const { orderId } = JSON.parse(accepted.body) as { orderId: string };
  const giveUpMs = Date.now() + ORDER_WAIT_MS;
  for (;;) {
    const answer = await client.getOrder(orderId);
    const status = answer?.status === 200 ? (JSON.parse(answer.body) as { status: string }).status : 'no answer';
    if ((status !== 'PENDING' && status !== 'no answer') || Date.now() >= giveUpMs) return status;
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}
