import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Acknowledgement } from '../../blueprint/order-api';
import { withMetrics } from '../shared/metrics';
import { answering, jsonResponse } from '../shared/problem';
import { logger } from '../shared/logger';
import { createControlStore } from '../shared/regulation/control-item';
import { RegionControl } from '../shared/regulation/region-control';
import { regulationPolicy } from '../shared/regulation/regulation-policy';
import { acceptOrder } from './accept-order';
import { AdmissionDesk } from './admission-desk';
import { readOrderRequest } from './order-request';

const control = new RegionControl(regulationPolicy(), createControlStore(), (error) =>
  logger.warn('The control item cannot be reached.', error as Error),
);
const desk = new AdmissionDesk(control);

/** POST /orders and POST /orders/import: 202 with the order's id, once it is durable. */
export const handler = (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
  withMetrics(() =>
    answering(async () => {
      const { orderId, status, region, deadlineAt } = await acceptOrder(readOrderRequest(event), desk, Date.now());
      const deadline = new Date(deadlineAt).toISOString();
      const acknowledgement: Acknowledgement = { orderId, status, region, deadline };
      return jsonResponse(202, acknowledgement, { location: `/orders/${orderId}` });
    }),
  );
