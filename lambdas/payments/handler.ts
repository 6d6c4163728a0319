import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answering, jsonResponse, Problem } from '../shared/problem';
import { chargePayment, readPaymentRequest, voidPayment } from './decide-payment';
import { readEntry, type LedgerEntry } from './payment-ledger';

async function entryFor(event: APIGatewayProxyEventV2): Promise<LedgerEntry> {
  switch (event.routeKey) {
    case 'POST /charges':
      return chargePayment(readPaymentRequest(event), Date.now());
    case 'POST /voids':
      return voidPayment(readPaymentRequest(event), Date.now());
    default: {
      const entry = await readEntry(event.pathParameters?.['key'] ?? '');
      if (entry === undefined) throw new Problem('not-found', 'Nothing has happened to this key.');
      return entry;
    }
  }
}

/** POST /charges, POST /voids and GET /payments/{key}: 200 with the entry that stands. */
export const handler = (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
  answering(async () => jsonResponse(200, await entryFor(event)));
