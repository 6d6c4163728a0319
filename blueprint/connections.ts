import { serviceNamed, type ServiceName } from './services';
import { TIME_BUDGETS } from './time-budgets';

/**
 * No function is in a VPC: everything they call is a public endpoint under IAM with TLS, so a VPC would guard nothing and
 * add interface endpoints or NAT gateways in two regions, each with a price and a failure of its own.
 */
export const NETWORK: 'public-endpoints' | 'vpc' = 'public-endpoints';

/** Who calls whom, and how. `client` is the caller's back end, `route53` the health checkers, `operator` a person. */
export interface ConnectionDefinition {
  readonly from: ServiceName | 'client' | 'route53' | 'eventbridge' | 'operator';
  readonly to:
    | ServiceName
    | 'orders'
    | 'customer-plans'
    | 'regional-state'
    | 'work'
    | 'work-dead-letters'
    | 'payment-ledger'
    | 'notifications'
    | 'observations'
    | 'audit';
  readonly protocol: 'https' | 'sqs' | 'sns' | 'dynamodb' | 'lambda-async';
  /** `iam-sigv4-or-jwt`: a token of the issuer where one is configured, else a signature. */
  readonly authentication: 'iam-sigv4' | 'iam-sigv4-or-jwt' | 'unguessable-path' | 'resource-policy';
  /** Whether the call leaves its region: then it must survive the other side's loss. */
  readonly leavesRegion: boolean;
  /** One attempt. @default - the service's own limit, which we cannot set */
  readonly attemptMs?: number;
  readonly attempts: number;
}

const work = (from: ServiceName): ConnectionDefinition => ({
  from,
  to: 'work',
  protocol: 'sqs',
  authentication: 'iam-sigv4',
  leavesRegion: false,
  attemptMs: TIME_BUDGETS.sdk.attemptMs,
  attempts: TIME_BUDGETS.sdk.attempts,
});

/** What `tandem switch` and `tandem plan` read and write, and a redrive: data planes only. */
const operator = (
  to: 'orders' | 'customer-plans' | 'regional-state' | 'work' | 'work-dead-letters',
): ConnectionDefinition => ({
  from: 'operator',
  to,
  protocol: to === 'work' || to === 'work-dead-letters' ? 'sqs' : 'dynamodb',
  authentication: 'iam-sigv4',
  leavesRegion: true,
  attemptMs: TIME_BUDGETS.operatorAttemptMs,
  attempts: TIME_BUDGETS.sdk.attempts,
});

const sdk = (
  from: ServiceName,
  to: 'orders' | 'customer-plans' | 'regional-state' | 'payment-ledger' | 'observations',
): ConnectionDefinition => ({
  from,
  to,
  protocol: 'dynamodb',
  authentication: 'iam-sigv4',
  leavesRegion: false,
  attemptMs: TIME_BUDGETS.sdk.attemptMs,
  attempts: TIME_BUDGETS.sdk.attempts,
});

/** The item by which a region regulates its load: asked once, and briefly. */
const control = (from: ServiceName): ConnectionDefinition => ({
  from,
  to: 'regional-state',
  protocol: 'dynamodb',
  authentication: 'iam-sigv4',
  leavesRegion: false,
  attemptMs: TIME_BUDGETS.control.attemptMs,
  attempts: TIME_BUDGETS.control.attempts,
});

/** The record of a disagreement: written once, and briefly, since whoever meets one has something else to do. */
const audit = (from: ServiceName): ConnectionDefinition => ({ ...control(from), to: 'audit' });

const payment = (from: ServiceName): ConnectionDefinition => ({
  from,
  to: 'payments',
  protocol: 'https',
  authentication: 'iam-sigv4',
  leavesRegion: true,
  attemptMs: TIME_BUDGETS.payment.callMs,
  attempts: 1,
});

/** A signed read of an order that does not exist: edge, function and table must answer. */
const look = (from: 'probe' | 'observer'): ConnectionDefinition => ({
  from,
  to: 'query',
  protocol: 'https',
  authentication: 'iam-sigv4',
  leavesRegion: true,
  // One second to connect, two to answer.
  attemptMs: 3_000,
  attempts: 1,
});

const client = (to: ServiceName): ConnectionDefinition => ({
  from: 'client',
  to,
  protocol: 'https',
  authentication: 'iam-sigv4-or-jwt',
  leavesRegion: true,
  attemptMs: TIME_BUDGETS.clientAttemptMs,
  attempts: 1,
});

export const CONNECTIONS: readonly ConnectionDefinition[] = [
  client('intake'),
  client('query'),
  {
    from: 'route53',
    to: 'health',
    protocol: 'https',
    authentication: 'unguessable-path',
    leavesRegion: true,
    attemptMs: TIME_BUDGETS.healthAnswerMs,
    attempts: 1,
  },
  sdk('intake', 'orders'),
  // One try, cut short by `planReadMs`: an order does not wait for the plan of its customer.
  { ...sdk('intake', 'customer-plans'), attempts: 1 },
  work('intake'),
  control('intake'),
  sdk('query', 'orders'),
  audit('query'),
  sdk('health', 'orders'),
  sdk('health', 'regional-state'),
  sdk('fulfilment', 'orders'),
  // Its poller receives and deletes in its name; it returns what is to come back sooner itself.
  work('fulfilment'),
  control('fulfilment'),
  payment('fulfilment'),
  audit('fulfilment'),
  {
    from: 'eventbridge',
    to: 'sweeper',
    protocol: 'lambda-async',
    authentication: 'resource-policy',
    leavesRegion: false,
    attempts: 1 + serviceNamed('sweeper').asyncRetries!,
  },
  sdk('sweeper', 'orders'),
  payment('sweeper'),
  audit('sweeper'),
  sdk('payments', 'payment-ledger'),
  {
    from: 'eventbridge',
    to: 'observer',
    protocol: 'lambda-async',
    authentication: 'resource-policy',
    leavesRegion: false,
    attempts: 1 + serviceNamed('observer').asyncRetries!,
  },
  {
    from: 'observer',
    to: 'health',
    protocol: 'https',
    authentication: 'unguessable-path',
    leavesRegion: true,
    // One second to connect, two to answer.
    attemptMs: 3_000,
    attempts: 1,
  },
  sdk('observer', 'observations'),
  {
    from: 'eventbridge',
    to: 'probe',
    protocol: 'lambda-async',
    authentication: 'resource-policy',
    leavesRegion: false,
    attempts: 1 + serviceNamed('probe').asyncRetries!,
  },
  // What a customer would ask, in the other region.
  look('probe'),
  look('observer'),
  sdk('probe', 'regional-state'),
  {
    from: 'eventbridge',
    to: 'responder',
    protocol: 'lambda-async',
    authentication: 'resource-policy',
    leavesRegion: false,
    attempts: 1 + serviceNamed('responder').asyncRetries!,
  },
  // Its own region's switch, and the latch of the region that it evacuates.
  { ...sdk('responder', 'regional-state'), leavesRegion: true },
  { ...sdk('responder', 'observations'), leavesRegion: true },
  work('responder'),
  { ...work('responder'), to: 'work-dead-letters' },
  { ...work('responder'), to: 'notifications', protocol: 'sns' },
  operator('regional-state'),
  operator('orders'),
  operator('customer-plans'),
  operator('work'),
  operator('work-dead-letters'),
];
