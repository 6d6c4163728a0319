import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Acknowledgement } from '../../blueprint/order-api';
import { withMetrics } from '../shared/metrics';
import { answering, jsonResponse } from '../shared/problem';
import { acceptOrder } from './accept-order';
import { readOrderRequest } from './order-request';

/** POST /orders: 202 with the order's id, once it is durable. */
export const handler = (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
  withMetrics(() =>
    answering(async () => {
      const { orderId, status, region, deadlineAt } = await acceptOrder(readOrderRequest(event), Date.now());
      const deadline = new Date(deadlineAt).toISOString();
      const acknowledgement: Acknowledgement = { orderId, status, region, deadline };
      return jsonResponse(202, acknowledgement, { location: `/orders/${orderId}` });
    }),
  );
