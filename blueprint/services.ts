/**
 * The standalone services and the node families they form: each is a Lambda function of its own, so each fails, scales
 * and is granted on its own.
 */
import { TIME_BUDGETS } from './time-budgets';

/** The node families of the tutorial's *Distribution* section. */
export type NodeFamily = 'front-end' | 'logic' | 'service' | 'automation';

export type ServiceName =
  | 'intake'
  | 'query'
  | 'health'
  | 'fulfilment'
  | 'sweeper'
  | 'payments'
  | 'observer'
  | 'probe'
  | 'responder';

export interface ServiceDefinition {
  readonly name: ServiceName;
  readonly family: NodeFamily;
  /** Both serving regions, or the witness region alone. */
  readonly home: 'serving' | 'witness';
  readonly purpose: string;
  /** Path of the handler, from the project's root. */
  readonly entry: string;
  readonly memoryMb: number;
  /** Lambda counts whole seconds. */
  readonly timeoutSeconds: number;
  /**
   * The longest chain of calls one invocation makes, each at its time limit. `rules/nested-timeouts.ts` adds them up and
   * requires them to fit the function's timeout.
   */
  readonly callsInSequence: { readonly sdk: number; readonly payment: number };
  /** Time spent beside the chain above. @default 0 */
  readonly budgetMs?: number;
  /**
   * How often Lambda repeats a failed asynchronous invocation.
   * @default - nobody invokes the service asynchronously
   */
  readonly asyncRetries?: number;
}

export const SERVICES: readonly ServiceDefinition[] = [
  {
    name: 'intake',
    family: 'front-end',
    home: 'serving',
    purpose: 'Makes an order durable, hands it to the workers and acknowledges it.',
    entry: 'lambdas/intake/handler.ts',
    memoryMb: 512,
    timeoutSeconds: 3,
    callsInSequence: { sdk: 2, payment: 0 },
    // The control item: read or added to, advanced, and a lease taken; and the customer's plan.
    budgetMs: 3 * TIME_BUDGETS.control.attemptMs + TIME_BUDGETS.planReadMs,
  },
  {
    name: 'query',
    family: 'front-end',
    home: 'serving',
    purpose: "Answers what became of an order, and lists a customer's, merging the regions.",
    entry: 'lambdas/query/handler.ts',
    memoryMb: 512,
    timeoutSeconds: 3,
    // A list reads an index, and then the orders themselves.
    callsInSequence: { sdk: 2, payment: 0 },
    // The records of disagreements, all at once.
    budgetMs: TIME_BUDGETS.control.attemptMs,
  },
  {
    name: 'health',
    family: 'front-end',
    home: 'serving',
    purpose: 'Tells Route 53 whether this region can serve and whether the other one is evacuated.',
    entry: 'lambdas/health/handler.ts',
    memoryMb: 256,
    timeoutSeconds: 3,
    callsInSequence: { sdk: 1, payment: 0 },
  },
  {
    name: 'fulfilment',
    family: 'logic',
    home: 'serving',
    purpose: 'Charges the order and records the outcome.',
    entry: 'lambdas/fulfilment/handler.ts',
    memoryMb: 512,
    timeoutSeconds: 8,
    // Attempt, outcome, and when that fails the message's return.
    callsInSequence: { sdk: 3, payment: 1 },
    // The control item: added to, advanced, the breaker's probe claimed, and its result told; and a disagreement's record.
    budgetMs: 6 * TIME_BUDGETS.control.attemptMs,
  },
  {
    name: 'sweeper',
    family: 'logic',
    home: 'serving',
    purpose: 'Settles what is past its deadline, takes over what a lost region left, and beats the heart.',
    entry: 'lambdas/sweeper/handler.ts',
    memoryMb: 512,
    timeoutSeconds: 20,
    // The last order's three, and the first page of the second duty.
    callsInSequence: { sdk: 3, payment: 1 },
    // And the record of a disagreement.
    budgetMs: TIME_BUDGETS.sweepBudgetMs + TIME_BUDGETS.control.attemptMs,
    // The next minute comes anyway; a repeat would only run beside it.
    asyncRetries: 0,
  },
  {
    name: 'payments',
    family: 'service',
    home: 'witness',
    purpose: "Stands in for the payment provider: one ledger, outside both serving regions' fate.",
    entry: 'lambdas/payments/handler.ts',
    memoryMb: 512,
    timeoutSeconds: 2,
    callsInSequence: { sdk: 1, payment: 0 },
  },
  {
    name: 'observer',
    family: 'automation',
    home: 'witness',
    purpose: 'Looks at both serving regions from a third place, and writes down what it sees.',
    entry: 'lambdas/observer/handler.ts',
    memoryMb: 128,
    timeoutSeconds: 60,
    callsInSequence: { sdk: 1, payment: 0 },
    // The last of ten looks begins after 45 s and ends within 3 s.
    budgetMs: 50_000,
    asyncRetries: 0,
  },
  {
    name: 'probe',
    family: 'automation',
    home: 'serving',
    purpose: 'Asks the other region, many times a minute, what a customer would ask, and counts what fails.',
    entry: 'lambdas/probe/handler.ts',
    memoryMb: 128,
    timeoutSeconds: 60,
    callsInSequence: { sdk: 2, payment: 0 },
    // The last of 28 probes begins after 54 s and ends within 3 s.
    budgetMs: 57_000,
    asyncRetries: 0,
  },
  {
    name: 'responder',
    family: 'automation',
    home: 'serving',
    purpose: 'Answers alarms: evacuates a failing primary and redrives dead letters, each behind guards.',
    entry: 'lambdas/responder/handler.ts',
    memoryMb: 256,
    timeoutSeconds: 120,
    // Guards, switch, latch, notification, and the last poll of a redrive.
    callsInSequence: { sdk: 8, payment: 0 },
    // Eighty seconds of asking for agreement, and the round that is under way.
    budgetMs: 90_000,
    // Alarm events arrive at least once: what was answered is answered once.
    asyncRetries: 1,
  },
];

export function serviceNamed(name: ServiceName): ServiceDefinition {
  return SERVICES.find((service) => service.name === name)!;
}
