import { logger } from './logger';
import { measureOf } from './metrics';

/**
 * Until the invocation ends, every line it writes says which order it is about: warnings, errors, and what it measures. The
 * id derives from customer and key, so it is the same in every repeat of the client, in both regions, and in every retry of
 * the work: what one order has been through is one filter, and names no customer.
 */
export function aboutOrder(orderId: string): void {
  logger.appendKeys({ orderId });
  measureOf(orderId);
}
