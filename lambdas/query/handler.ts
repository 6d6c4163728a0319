import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { callerOf } from '../shared/caller';
import { ownRegion, requiredEnv } from '../shared/environment';
import { withMetrics } from '../shared/metrics';
import { answering, jsonResponse } from '../shared/problem';
import { viewOrder } from './read-order';
import { ReadRegulation } from './read-regulation';

const regulation = new ReadRegulation();

/**
 * GET /orders/{orderId}. The headers say what the answer is worth: which region gave it, and whether it may lag behind
 * the other region (`eventual`) or not (`strong`).
 */
export const handler = (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
  withMetrics(() =>
    answering(async () =>
      jsonResponse(200, await viewOrder(event.pathParameters?.['orderId'] ?? '', callerOf(event), regulation), {
        'tandem-region': ownRegion(),
        'tandem-consistency': requiredEnv('CONSISTENCY'),
      }),
    ),
  );
