/**
 * Amazon SQS, standard queues.
 *
 * - sqs.ts: the service: queues, calls, what a poller inside the cloud uses, views for checkers
 * - send-message.ts, receive-message.ts, ...: one operation a file; batch.ts: what the batches share
 * - long-poll.ts, message-move-task.ts, message-move-tasks.ts: receives that wait, redrives of dead letters
 * - queue.ts: one queue: visibility, receives, redrive, retention; message-store.ts, time-ordered-list.ts: its order
 * - message-groups.ts: which tenants of a queue are noisy, and come last
 * - queue-definition.ts, queue-address.ts: what a queue is and where; queue-metrics.ts: what it publishes
 * - message.ts, message-attributes.ts, outgoing-message.ts, receipt-handle.ts: messages
 */
export { queryErrorHeader } from './faults';
export type { MessageAttribute, MessageAttributes, MessageState, QueuedMessage, ReceivedMessage } from './message';
export { md5OfAttributes } from './message-attributes';
export type { QueueDefinition, RedrivePolicy } from './queue-definition';
export { Sqs, type SqsOptions } from './sqs';
