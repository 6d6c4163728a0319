import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { OrderList, OrderView } from '../../blueprint/order-api';
import { callerOf } from '../shared/caller';
import { ownRegion, requiredEnv } from '../shared/environment';
import { withMetrics } from '../shared/metrics';
import { answering, jsonResponse } from '../shared/problem';
import { listOrders } from './list-orders';
import { viewOrder } from './read-order';
import { ReadRegulation } from './read-regulation';

const regulation = new ReadRegulation();

/**
 * GET /orders/{orderId} and GET /orders. The headers say what the answer is worth: which region gave it, and whether it may
 * lag behind the other region (`eventual`) or not (`strong`). A list always may, since it is read by an index.
 */
export const handler = (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
  withMetrics(() =>
    answering(async () => {
      const isList = event.routeKey === 'GET /orders';
      return jsonResponse(200, await (isList ? list : view)(event), {
        'tandem-region': ownRegion(),
        'tandem-consistency': isList ? 'eventual' : requiredEnv('CONSISTENCY'),
      });
    }),
  );

const list = (event: APIGatewayProxyEventV2): Promise<OrderList> =>
  listOrders(event.queryStringParameters ?? {}, callerOf(event), regulation);

const view = (event: APIGatewayProxyEventV2): Promise<OrderView> =>
  viewOrder(event.pathParameters?.['orderId'] ?? '', callerOf(event), regulation);
