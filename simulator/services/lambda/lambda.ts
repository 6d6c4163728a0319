import { NotModelled, SimulatorDefect } from '../../kernel/errors';
import type { ExecutionEnvironment } from '../../runtime/execution-environment';
import type { MetricSink } from '../metric-sink';
import { DEFAULT_COMPUTE_TIME, sampleInitUs, sampleInvocationUs, type ComputeTime } from './compute-time';
import { EnvironmentFaults } from './environment-faults';
import { LambdaFunction, type FunctionDefinition, type FunctionParts } from './lambda-function';

/** How one invocation ended. */
export type InvokeOutcome =
  | { readonly kind: 'success'; readonly payload: string }
  /** The handler threw, the environment failed to start or the timeout struck. */
  | { readonly kind: 'function-error'; readonly errorType: string; readonly message: string }
  | { readonly kind: 'throttled' };

export interface LambdaOptions extends FunctionParts {
  readonly metrics: MetricSink;
  /** Concurrent executions of the account in each region. New accounts have 10. @default 1000 */
  readonly accountConcurrency?: number;
  /** @default DEFAULT_COMPUTE_TIME */
  readonly computeTime?: ComputeTime;
}

interface Invocation {
  readonly lambda: LambdaFunction;
  readonly event: unknown;
  readonly requestId: string;
  readonly done: (outcome: InvokeOutcome) => void;
  startedUs: number;
  isSettled: boolean;
}

// Retries of asynchronous invocations: two, after one and after two minutes.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
const ASYNC_RETRY_DELAYS_US = [60_000_000, 120_000_000];
/** So long Lambda keeps an event that it cannot deliver. */
const ASYNC_EVENT_AGE_US_MAX = 6 * 3_600_000_000;

/** All functions of all regions: concurrency, cold starts, timeouts, and the metrics that Lambda publishes. */
export class Lambda {
  readonly faults: EnvironmentFaults;
  /** Every invocation that its own timeout has ended. */
  readonly timeouts: { readonly timeUs: number; readonly region: string; readonly functionName: string }[] = [];
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly asyncRetriesMax = new Map<string, number>();
  /** Executions without a reservation, which share what is left of the account's. */
  private readonly runningByRegion = new Map<string, number>();
  /** All executions, by region. */
  private readonly running = new Map<string, number>();
  private readonly computeTime: ComputeTime;
  private readonly accountConcurrency: number;

  constructor(private readonly options: LambdaOptions) {
    this.faults = new EnvironmentFaults(options.kernel);
    this.computeTime = options.computeTime ?? DEFAULT_COMPUTE_TIME;
    this.accountConcurrency = options.accountConcurrency ?? 1000;
  }

  createFunction(definition: FunctionDefinition): void {
    if (this.functions.has(definition.arn)) throw new SimulatorDefect(`Function ${definition.arn} exists already.`);
    if (!definition.runtime.startsWith('nodejs')) {
      throw new NotModelled(`Runtime ${definition.runtime}`, 'Use a nodejs runtime.');
    }
    this.functions.set(definition.arn, new LambdaFunction(definition, this.options, this.faults));
  }

  /** Every function in the order of creation. */
  list(): readonly LambdaFunction[] {
    return [...this.functions.values()];
  }

  function(arn: string): LambdaFunction {
    const found = this.functions.get(arn);
    if (found === undefined) throw new SimulatorDefect(`There is no function ${arn}.`);
    return found;
  }

  /**
   * Invokes synchronously: one attempt, and the outcome to the caller.
   * @param event given away: nothing of it may be held or used elsewhere, since the function may change it
   */
  invoke(arn: string, event: unknown, done: (outcome: InvokeOutcome) => void): void {
    const lambda = this.function(arn);
    if (!this.admit(lambda)) {
      this.put(lambda, 'Throttles', 1, 'Count');
      this.putForRegion(lambda.definition.region, 'Throttles', 1);
      done({ kind: 'throttled' });
      return;
    }
    const { region } = lambda.definition;
    const requestId = this.options.kernel.random(`request-id/lambda/${region}`).uuid();
    this.start({ lambda, event, requestId, done, startedUs: 0, isSettled: false });
  }

  /** How often a failed asynchronous invocation of the function is repeated: 0 to 2. Without a call of this, twice. */
  limitAsyncRetries(arn: string, retriesMax: number): void {
    this.asyncRetriesMax.set(arn, retriesMax);
  }

  /** Invokes asynchronously: Lambda keeps the event, and repeats it when the function fails. */
  invokeAsync(arn: string, event: unknown): void {
    this.deliverAsync(arn, event, 0, this.options.kernel.nowUs);
  }

  private deliverAsync(arn: string, event: unknown, attempt: number, sinceUs: number): void {
    this.invoke(arn, copyOf(event), (outcome) => {
      if (outcome.kind === 'success') return;
      const isThrottled = outcome.kind === 'throttled';
      // The limit is for errors of the function; a throttled event is tried again until it is too old.
      if (!isThrottled && attempt >= (this.asyncRetriesMax.get(arn) ?? ASYNC_RETRY_DELAYS_US.length)) return;
      const delayUs = isThrottled ? 1_000_000 : ASYNC_RETRY_DELAYS_US[attempt]!;
      const next = isThrottled ? attempt : attempt + 1;
      const { kernel } = this.options;
      if (kernel.nowUs + delayUs - sinceUs > ASYNC_EVENT_AGE_US_MAX) return;
      kernel.after(delayUs, () => this.deliverAsync(arn, event, next, sinceUs));
    });
  }

  private admit(lambda: LambdaFunction): boolean {
    const { region, functionName, reservedConcurrentExecutions } = lambda.definition;
    const isReserved = reservedConcurrentExecutions !== undefined;
    if (this.faults.refuses(region, functionName, isReserved)) return false;
    if (isReserved && lambda.running >= reservedConcurrentExecutions) return false;
    const running = this.runningByRegion.get(region) ?? 0;
    if (!isReserved && running >= this.unreservedConcurrency(region)) return false;
    lambda.running++;
    this.running.set(region, (this.running.get(region) ?? 0) + 1);
    if (!isReserved) this.runningByRegion.set(region, running + 1);
    return true;
  }

  private unreservedConcurrency(region: string): number {
    let reserved = 0;
    for (const { definition } of this.functions.values()) {
      if (definition.region === region) reserved += definition.reservedConcurrentExecutions ?? 0;
    }
    return this.accountConcurrency - reserved;
  }

  private start(invocation: Invocation): void {
    const { lambda } = invocation;
    const warm = lambda.takeIdle();
    if (warm !== undefined) {
      this.run(invocation, warm);
      return;
    }
    let environment: ExecutionEnvironment;
    try {
      environment = lambda.createEnvironment();
    } catch (error) {
      this.settle(invocation, undefined, functionError(error));
      return;
    }
    const initUs = sampleInitUs(lambda.initTimes, this.computeTime);
    this.options.kernel.record(`lambda.${lambda.definition.region}`, 'init', lambda.definition.functionName);
    this.options.kernel.after(initUs, () => this.run(invocation, environment));
  }

  private run(invocation: Invocation, environment: ExecutionEnvironment): void {
    const { kernel } = this.options;
    const { definition } = invocation.lambda;
    invocation.startedUs = kernel.nowUs;
    const timeout = kernel.after(definition.timeoutSeconds * 1_000_000, () => {
      environment.discard();
      const { region, functionName } = definition;
      this.timeouts.push({ timeUs: kernel.nowUs, region, functionName });
      this.settle(invocation, undefined, {
        kind: 'function-error',
        errorType: 'Sandbox.Timedout',
        message: `Task timed out after ${definition.timeoutSeconds.toFixed(2)} seconds`,
      });
    });
    const deathUs = this.faults.drawDeathUs(definition.region, definition.functionName);
    if (deathUs !== undefined) {
      kernel.after(deathUs, () => {
        if (invocation.isSettled) return;
        kernel.cancel(timeout);
        environment.discard();
        const message = 'Error: Runtime exited without providing a reason';
        this.settle(invocation, undefined, { kind: 'function-error', errorType: 'Runtime.ExitError', message });
      });
    }
    environment.invoke(invocation.event, this.context(invocation), (result, error) => {
      const computeUs = sampleInvocationUs(invocation.lambda.computeTimes, this.computeTime);
      kernel.after(computeUs, () => {
        if (invocation.isSettled) return;
        kernel.cancel(timeout);
        this.settle(invocation, environment, error === undefined ? succeed(result) : functionError(error));
      });
    });
  }

  private settle(invocation: Invocation, environment: ExecutionEnvironment | undefined, outcome: InvokeOutcome): void {
    const { lambda } = invocation;
    const { region, reservedConcurrentExecutions, functionName } = lambda.definition;
    invocation.isSettled = true;
    this.put(lambda, 'ConcurrentExecutions', lambda.running, 'Count');
    this.putForRegion(region, 'ConcurrentExecutions', this.running.get(region)!);
    lambda.running--;
    this.running.set(region, this.running.get(region)! - 1);
    if (reservedConcurrentExecutions === undefined) {
      this.runningByRegion.set(region, this.runningByRegion.get(region)! - 1);
    }
    if (environment !== undefined) {
      environment.freeze();
      lambda.putIdle(environment);
    }
    this.put(lambda, 'Invocations', 1, 'Count');
    this.put(lambda, 'Errors', outcome.kind === 'success' ? 0 : 1, 'Count');
    this.put(lambda, 'Duration', (this.options.kernel.nowUs - invocation.startedUs) / 1000, 'Milliseconds');
    const detail = outcome.kind === 'function-error' ? outcome.message : '';
    this.options.kernel.record(`lambda.${region}`, outcome.kind, `${functionName} ${detail}`);
    invocation.done(outcome);
  }

  private context(invocation: Invocation): Record<string, unknown> {
    const { kernel } = this.options;
    const { definition } = invocation.lambda;
    const deadlineUs = invocation.startedUs + definition.timeoutSeconds * 1_000_000;
    return {
      callbackWaitsForEmptyEventLoop: true,
      functionName: definition.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: definition.arn,
      memoryLimitInMB: String(definition.memoryMb),
      awsRequestId: invocation.requestId,
      logGroupName: definition.logGroupName,
      logStreamName: definition.functionName,
      getRemainingTimeInMillis: () => Math.max(0, Math.floor((deadlineUs - kernel.nowUs) / 1000)),
    };
  }

  private put(lambda: LambdaFunction, name: string, value: number, unit: string): void {
    const { region, functionName } = lambda.definition;
    this.options.metrics.put({
      region,
      namespace: 'AWS/Lambda',
      name,
      dimensions: { FunctionName: functionName },
      value,
      unit,
    });
  }

  /**
   * The figure of all functions of the account in the region, without a dimension
   * (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html).
   */
  private putForRegion(region: string, name: string, value: number): void {
    this.options.metrics.put({ region, namespace: 'AWS/Lambda', name, dimensions: {}, value, unit: 'Count' });
  }
}

function succeed(result: unknown): InvokeOutcome {
  return { kind: 'success', payload: JSON.stringify(result) ?? 'null' };
}

/** As it crosses from one machine to another: as JSON. */
export function copyOf(event: unknown): unknown {
  return JSON.parse(JSON.stringify(event));
}

function functionError(error: unknown): InvokeOutcome {
  const isError = typeof error === 'object' && error !== null && 'message' in error;
  const { name, message } = isError ? (error as Error) : { name: 'Error', message: String(error) };
  return { kind: 'function-error', errorType: name, message };
}
