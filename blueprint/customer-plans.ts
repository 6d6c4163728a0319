/**
 * What a customer has agreed to pay for. A plan decides how an order is treated when not all can be: never whether it is
 * right. So it may be old, and a reader who knows nothing takes the default.
 */
import * as z from 'zod/mini';

export const CUSTOMER_PLANS = ['standard', 'priority'] as const;
export type CustomerPlan = (typeof CUSTOMER_PLANS)[number];

/** The plan of every customer of whom nothing else is known, for whatever reason. */
export const DEFAULT_PLAN: CustomerPlan = 'standard';

/** No plan is served before this one. */
export const BEST_PLAN: CustomerPlan = 'priority';

/** A customer as orders, plans and the subjects of tokens name one, such as `auth0|5f7c8ec7c33c6c004bbafe82`. */
export const CUSTOMER_ID_SCHEMA = z.string().check(z.regex(/^[A-Za-z0-9._|:@-]{1,64}$/));

/** Partition key of the table of plans. */
export const CUSTOMER_PLANS_KEY = 'customerId';
