import type { ServiceName } from './services';

/** How often the effect of a request happens when requests, replies or machines are lost. */
export type RecoveryStrategy = 'at-most-once' | 'at-least-once' | 'effectively-once';

export interface InterfaceDefinition {
  readonly name: string;
  readonly offeredBy: ServiceName;
  readonly kind: 'http' | 'queue' | 'schedule';
  readonly recovery: RecoveryStrategy;
  /** What makes a repeat harmless. Required wherever a request may arrive more than once. */
  readonly idempotentBy?: string;
  /** Queues only: where a message goes that can never be handled. */
  readonly deadLetterQueue?: boolean;
  readonly why: string;
}

export const INTERFACES: readonly InterfaceDefinition[] = [
  {
    name: 'POST /orders',
    offeredBy: 'intake',
    kind: 'http',
    recovery: 'effectively-once',
    idempotentBy: 'The order id derives from the customer and the Idempotency-Key, the same in both regions.',
    why: 'A client that hears nothing repeats the request, perhaps to the other region.',
  },
  {
    name: 'POST /orders/import',
    offeredBy: 'intake',
    kind: 'http',
    recovery: 'effectively-once',
    idempotentBy: 'The order id derives from the customer and the Idempotency-Key, as that of POST /orders does.',
    why: 'A back end that loads many orders repeats those it has heard nothing of.',
  },
  {
    name: 'GET /orders/{orderId}',
    offeredBy: 'query',
    kind: 'http',
    recovery: 'at-least-once',
    idempotentBy: 'It reads only.',
    why: 'Reads are safe to repeat; they may be stale by the replication lag, and say so.',
  },
  {
    name: 'GET /orders',
    offeredBy: 'query',
    kind: 'http',
    recovery: 'at-least-once',
    idempotentBy: 'It reads only.',
    why: 'A page may be asked for again. What stands in it is as fresh as GET /orders/{orderId}; which orders stand in it lags behind by that of an index, milliseconds in a region under either consistency, and by that of replication under eventual consistency.',
  },
  {
    name: 'GET /{healthPath}/live, /ready and /switch/{region}',
    offeredBy: 'health',
    kind: 'http',
    recovery: 'at-least-once',
    idempotentBy: 'It reads only.',
    why: 'Sixteen checkers ask independently; each answer stands alone.',
  },
  {
    name: 'work queue',
    offeredBy: 'fulfilment',
    kind: 'queue',
    recovery: 'at-least-once',
    idempotentBy: 'Updates demand status PENDING, and the provider answers a repeated key with its first answer.',
    deadLetterQueue: true,
    why: 'SQS delivers at least once, and a worker may die between the charge and its record.',
  },
  {
    name: 'sweep every minute',
    offeredBy: 'sweeper',
    kind: 'schedule',
    recovery: 'at-least-once',
    idempotentBy: 'It settles through the provider, whose first answer is final, and writes under conditions.',
    why: 'EventBridge may invoke twice, and the next minute comes anyway.',
  },
  {
    name: 'POST /charges and POST /voids',
    offeredBy: 'payments',
    kind: 'http',
    recovery: 'effectively-once',
    idempotentBy: 'The first of charge and void of a key wins and is final.',
    why: 'Money: the one place where twice is not a nuisance but a loss.',
  },
  {
    name: 'look every minute',
    offeredBy: 'observer',
    kind: 'schedule',
    recovery: 'at-least-once',
    idempotentBy: 'It replaces one item with what it sees now.',
    why: 'EventBridge may invoke twice, and a look more harms nobody.',
  },
  {
    name: 'probe every minute',
    offeredBy: 'probe',
    kind: 'schedule',
    recovery: 'at-least-once',
    idempotentBy: 'It reads only.',
    why: 'EventBridge may invoke twice: then there are two failures where there was one, in periods that count from one.',
  },
  {
    name: 'alarm state changes',
    offeredBy: 'responder',
    kind: 'schedule',
    recovery: 'at-least-once',
    idempotentBy: 'The alarm and the time of its change are claimed by a conditional write before anything is done.',
    why: 'EventBridge delivers alarm events at least once, and Lambda repeats what failed.',
  },
];
