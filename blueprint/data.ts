/** Every piece of state, who shares it and how it comes back. */
import { TIME_BUDGETS } from './time-budgets';

export type SharingStrategy = 'share-everything' | 'share-something' | 'share-nothing';

export type DatumName =
  | 'orders'
  | 'customer-plans'
  | 'regional-state'
  | 'work'
  | 'work-dead-letters'
  | 'payment-ledger'
  | 'observations'
  | 'audit';

export interface DatumDefinition {
  readonly name: DatumName;
  readonly kept: 'dynamodb-global-table' | 'dynamodb-table' | 'sqs-queue';
  readonly sharing: SharingStrategy;
  readonly writer: string;
  /** What happens to it when a region is lost, and when it comes back. */
  readonly recovery: string;
  /** @default - kept until deleted */
  readonly retentionSeconds?: number;
  /** The only region that writes it. @default - every region that holds it */
  readonly writerRegion?: 'primary';
  /** How old what a reader takes for true may be while replication is well. @default - not more than the lag */
  readonly stalenessSecondsMax?: number;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * How long the provider answers a repeated key with its first answer. Everything that could still repeat a key must be
 * gone before, or a redriven message would charge a second time.
 */
export const PROVIDER_KEY_LIFETIME_SECONDS = 30 * DAY;

/**
 * How long an order is kept once it is decided: for as long as a charge is disputed, and longer than any message of it
 * lives, so that a late one still meets its record. A key that is repeated after that is a new order.
 */
export const ORDER_RETENTION_SECONDS = 90 * DAY;

export const DATA: readonly DatumDefinition[] = [
  {
    name: 'orders',
    kept: 'dynamodb-global-table',
    sharing: 'share-everything',
    writer: 'Each region writes its own items only.',
    recovery: "The survivor reads what was replicated and settles the lost region's open orders through the provider.",
    retentionSeconds: ORDER_RETENTION_SECONDS,
  },
  {
    name: 'customer-plans',
    kept: 'dynamodb-global-table',
    sharing: 'share-something',
    writer: 'The operator, in the primary region only.',
    writerRegion: 'primary',
    // What an execution environment remembers, and seconds of replication.
    stalenessSecondsMax: TIME_BUDGETS.planCacheMs / 1_000 + 5,
    recovery:
      'Each region reads its own replica, however old; a customer it does not know has the default plan. While the primary is lost no plan changes.',
  },
  {
    name: 'regional-state',
    kept: 'dynamodb-table',
    sharing: 'share-nothing',
    writer:
      'The operator or the responder of this region; its regulation item, under conditions, whoever regulates the load.',
    recovery: 'Empty means nothing is evacuated and nothing is refused: a lost table is a calm one.',
  },
  {
    name: 'work',
    kept: 'sqs-queue',
    sharing: 'share-nothing',
    writer: 'intake',
    recovery: 'What is stranded in a lost region is settled from the orders table; late messages meet a decided order.',
    retentionSeconds: HOUR,
  },
  {
    name: 'work-dead-letters',
    kept: 'sqs-queue',
    sharing: 'share-nothing',
    writer: 'SQS',
    recovery: 'Kept for a person. The orders behind the letters are settled by the sweeper meanwhile.',
    retentionSeconds: 14 * DAY,
  },
  {
    name: 'payment-ledger',
    kept: 'dynamodb-table',
    sharing: 'share-nothing',
    writer: 'payments',
    recovery:
      'Lives outside both serving regions; while it is out of reach, orders stay PENDING and are settled later.',
  },
  {
    name: 'observations',
    kept: 'dynamodb-table',
    sharing: 'share-nothing',
    writer: 'observer',
    recovery: 'It is looked at anew every few seconds: an old observation counts for nothing.',
  },
  {
    name: 'audit',
    kept: 'dynamodb-table',
    sharing: 'share-nothing',
    writer: 'Whoever of this region meets two outcomes of one order; the first record stays.',
    recovery:
      'What it tells stands in the orders table as well: the next reader of such an order writes the record again.',
  },
];

export function datumNamed(name: DatumName): DatumDefinition {
  return DATA.find((datum) => datum.name === name)!;
}

/** Receives of a message before it becomes a dead letter. High, because it is the deadline that ends an order's tries. */
export const WORK_RECEIVES_MAX = 20;

/** Seconds by which a message outlasts the function that holds it. */
export const VISIBILITY_MARGIN_SECONDS = 1;
