import * as z from 'zod/mini';
import type { RouteBucket } from './capacity';
import { CUSTOMER_ID_SCHEMA } from './customer-plans';
import { ORDER_STATUSES } from './orders';

/**
 * The public interface as callers see it: what the Lambdas validate with and answer, and what the OpenAPI document is
 * written from. There is no second description that could disagree.
 */

/** The body of `POST /orders`. Unknown members are refused, so that a misspelt one is never silently ignored. */
export const ORDER_REQUEST_SCHEMA = z.strictObject({
  /** Whose order it is. With a token it may be left out, and is else the token's `sub`. */
  customerId: z.optional(CUSTOMER_ID_SCHEMA),
  /** In the currency's minor unit, such as cents. */
  amount: z.int().check(z.minimum(1), z.maximum(99_999_999)),
  /** ISO 4217. */
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  reference: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
});

/** The header `Idempotency-Key`: visible ASCII. */
export const IDEMPOTENCY_KEY_SCHEMA = z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/));

/**
 * The header `Tandem-Patience-Ms`: for how many milliseconds from now the caller is interested. It may shorten an order's
 * deadline and never lengthens it.
 */
export const PATIENCE_SCHEMA = z.string().check(z.regex(/^[1-9]\d{0,8}$/));

/** `{orderId}`: it derives from the customer and the key, the same in both regions. */
export const ORDER_ID_SCHEMA = z.string().check(z.regex(/^[0-9a-f]{32}$/));

const instant = z.iso.datetime();

/** What `POST /orders` answers: the order is durable in the region that is named. */
export const ACKNOWLEDGEMENT_SCHEMA = z.strictObject({
  orderId: ORDER_ID_SCHEMA,
  status: z.enum(ORDER_STATUSES),
  region: z.string(),
  deadline: instant,
});
export type Acknowledgement = z.infer<typeof ACKNOWLEDGEMENT_SCHEMA>;

/** What `GET /orders/{orderId}` answers: the merge of the regions' views. */
export const ORDER_VIEW_SCHEMA = z.strictObject({
  orderId: ORDER_ID_SCHEMA,
  status: z.enum(ORDER_STATUSES),
  amount: z.int(),
  currency: z.string(),
  reference: z.optional(z.string()),
  acceptedAt: instant,
  deadline: instant,
  decidedAt: z.optional(instant),
});
export type OrderView = z.infer<typeof ORDER_VIEW_SCHEMA>;

/** Orders in one answer of `GET /orders`, where the caller does not say, and at the most: each is read in both regions' items, and a batch reads a hundred. */
export const LIST_LIMIT = { usual: 20, max: 50 } as const;

/** What may be asked of `GET /orders`. Unknown members are refused, so that a misspelt one is never silently ignored. */
export const LIST_REQUEST_SCHEMA = z.strictObject({
  /** Whose orders. With a token it may be left out, and is else the token's `sub`. */
  customerId: z.optional(CUSTOMER_ID_SCHEMA),
  /** From 1 to 50. @default 20 */
  limit: z.optional(z.string().check(z.regex(/^([1-9]|[1-4]\d|50)$/))),
  /** What the page before has given as `next`. */
  cursor: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{1,200}$/))),
});

/** What `GET /orders` answers. A page may hold fewer orders than its limit, even none, and not be the last. */
export const ORDER_LIST_SCHEMA = z.strictObject({
  /** The last accepted first. */
  orders: z.array(ORDER_VIEW_SCHEMA),
  /** The cursor of the page after this one. It is good in either region. @default - this is the last page */
  next: z.optional(z.string()),
});
export type OrderList = z.infer<typeof ORDER_LIST_SCHEMA>;

/** Every error our code answers, by its slug, as a problem body of RFC 9457. The slug is the end of the `type`. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not valid.' },
  forbidden: { status: 403, title: 'The caller may not act for this customer.' },
  'not-found': { status: 404, title: 'There is no such thing.' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used with another body.' },
  overloaded: { status: 429, title: 'There is more load than can be served.' },
  'internal-error': { status: 500, title: 'Something is wrong on our side.' },
  'try-again': { status: 503, title: 'Repeat the request with the same Idempotency-Key.' },
  'too-late': { status: 503, title: 'Too much is waiting for the order to be decided in time.' },
} as const;
export type ProblemSlug = keyof typeof PROBLEMS;

export const problemType = (slug: ProblemSlug): string => `urn:tandem:problem:${slug}`;

export const PROBLEM_SCHEMA = z.strictObject({
  type: z.enum((Object.keys(PROBLEMS) as ProblemSlug[]).map(problemType)),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
});

/**
 * What API Gateway answers before our code is asked. HTTP APIs have no gateway responses, so these bodies cannot be made
 * problems of ours, and none carries a Retry-After
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html).
 */
export const EDGE_ERRORS = [
  { status: 401, message: 'Unauthorized', when: 'Tokens are asked for, and this request has none that is valid.' },
  { status: 403, message: 'Forbidden', when: 'The request is not signed for this region, or the caller may not.' },
  { status: 404, message: 'Not Found', when: 'There is no such route.' },
  { status: 413, message: 'Request Entity Too Large', when: 'The body is larger than 10 MB.' },
  { status: 429, message: 'Too Many Requests', when: "The account's or the route's request rate is exceeded." },
  { status: 500, message: 'Internal Server Error', when: 'The function crashed, or may not be invoked.' },
  { status: 503, message: 'Service Unavailable', when: 'The function was throttled, or took too long.' },
] as const;

export const EDGE_ERROR_SCHEMA = z.strictObject({ message: z.string() });

export interface PublicRoute {
  readonly operationId: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly service: 'intake' | 'query';
  /** The route's token bucket in the table of capacity. */
  readonly throttle: RouteBucket;
  readonly summary: string;
  readonly request?: z.ZodMiniType;
  /** The query string. @default - there is none */
  readonly query?: z.ZodMiniObject<Readonly<Record<string, z.ZodMiniType>>>;
  readonly success: { readonly status: number; readonly description: string; readonly schema: z.ZodMiniType };
  readonly problems: readonly ProblemSlug[];
}

/** What every route that takes an order is asked and answers. */
const ACCEPTS_AN_ORDER = {
  request: ORDER_REQUEST_SCHEMA,
  success: { status: 202, description: 'The order is durable and will be decided.', schema: ACKNOWLEDGEMENT_SCHEMA },
  problems: [
    'invalid-request',
    'forbidden',
    'idempotency-key-reused',
    'overloaded',
    'internal-error',
    'try-again',
    'too-late',
  ],
} as const satisfies Partial<PublicRoute>;

/** The routes of the public API: the stacks are built from this list. */
export const PUBLIC_ROUTES: readonly PublicRoute[] = [
  {
    operationId: 'placeOrder',
    method: 'POST',
    path: '/orders',
    service: 'intake',
    throttle: 'intake',
    summary: 'Place an order. Repeat it with the same key until it is answered, to either region: it is one order.',
    ...ACCEPTS_AN_ORDER,
  },
  {
    operationId: 'importOrder',
    method: 'POST',
    path: '/orders/import',
    service: 'intake',
    throttle: 'import',
    summary:
      'Place an order nobody waits for. It has more time than one of POST /orders, and is the first to be refused.',
    ...ACCEPTS_AN_ORDER,
  },
  {
    operationId: 'getOrder',
    method: 'GET',
    path: '/orders/{orderId}',
    service: 'query',
    throttle: 'query',
    summary: 'What became of an order. Under eventual consistency the answer may lag behind the other region.',
    success: { status: 200, description: 'The order as this region knows it.', schema: ORDER_VIEW_SCHEMA },
    problems: ['forbidden', 'not-found', 'overloaded', 'internal-error', 'try-again'],
  },
  {
    operationId: 'listOrders',
    method: 'GET',
    path: '/orders',
    service: 'query',
    throttle: 'list',
    summary:
      "A customer's orders, the last accepted first, each as getOrder shows it. An order that was just accepted may not be listed yet.",
    query: LIST_REQUEST_SCHEMA,
    success: { status: 200, description: 'A page of orders as this region knows them.', schema: ORDER_LIST_SCHEMA },
    problems: ['invalid-request', 'forbidden', 'overloaded', 'internal-error', 'try-again'],
  },
];
