import { Kernel } from '../../../simulator/kernel/kernel';
import { Network } from '../../../simulator/network/network';
import { Bundle } from '../../../simulator/runtime/bundle';
import { Iam } from '../../../simulator/services/iam/iam';
import { Lambda, type InvokeOutcome } from '../../../simulator/services/lambda/lambda';
import type { MetricSample } from '../../../simulator/services/metric-sink';

const ROLE = 'arn:aws:iam::1:role/r';
const ARN = 'arn:aws:lambda:us-east-1:1:function:f';
const SLEEPER = 'exports.handler = (event) => new Promise((done) => setTimeout(() => done(event), event.sleepMs));';

interface World {
  readonly kernel: Kernel;
  readonly lambda: Lambda;
  readonly samples: MetricSample[];
}

function createWorld(
  code: string,
  options: { accountConcurrency?: number; reserved?: number; timeoutSeconds?: number } = {},
): World {
  const kernel = new Kernel({ seed: 1 });
  const iam = new Iam(kernel);
  iam.addPrincipal(ROLE);
  const samples: MetricSample[] = [];
  const lambda = new Lambda({
    kernel,
    network: new Network(kernel),
    iam,
    accountId: '1',
    metrics: { put: (sample) => samples.push(sample) },
    onLogLine: () => undefined,
    ...(options.accountConcurrency === undefined ? {} : { accountConcurrency: options.accountConcurrency }),
  });
  lambda.createFunction({
    region: 'us-east-1',
    functionName: 'f',
    arn: ARN,
    roleArn: ROLE,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    bundle: new Bundle(code),
    timeoutSeconds: options.timeoutSeconds ?? 3,
    memoryMb: 128,
    environmentVariables: {},
    logGroupName: 'g',
    ...(options.reserved === undefined ? {} : { reservedConcurrentExecutions: options.reserved }),
  });
  return { kernel, lambda, samples };
}

async function invokeAtOnce(world: World, events: readonly unknown[]): Promise<InvokeOutcome[]> {
  const outcomes: InvokeOutcome[] = [];
  for (const event of events) world.lambda.invoke(ARN, event, (outcome) => outcomes.push(outcome));
  await world.kernel.runUntil(world.kernel.nowUs + 60_000_000);
  return outcomes;
}

function sum(world: World, name: string): number {
  // The function's own: the region's are published beside them, without a dimension.
  return world.samples
    .filter((sample) => sample.name === name && sample.dimensions['FunctionName'] !== undefined)
    .reduce((total, sample) => total + sample.value, 0);
}

describe('Lambda', () => {
  it('answers with the handler’s result as JSON', async () => {
    const world = createWorld('exports.handler = async (event) => ({ doubled: event.value * 2 });');

    expect(await invokeAtOnce(world, [{ value: 21 }])).toEqual([{ kind: 'success', payload: '{"doubled":42}' }]);
  });

  it('starts an environment for each concurrent invocation and reuses warm ones later', async () => {
    const world = createWorld(SLEEPER);

    await invokeAtOnce(world, [{ sleepMs: 100 }, { sleepMs: 100 }, { sleepMs: 100 }]);
    await invokeAtOnce(world, [{ sleepMs: 100 }, { sleepMs: 100 }]);

    expect(world.lambda.function(ARN).createdEnvironments).toBe(3);
  });

  it('starts anew after an environment was idle for too long', async () => {
    const world = createWorld(SLEEPER);
    await invokeAtOnce(world, [{ sleepMs: 1 }]);

    await world.kernel.runUntil(world.kernel.nowUs + 3_600_000_000);
    await invokeAtOnce(world, [{ sleepMs: 1 }]);

    expect(world.lambda.function(ARN).createdEnvironments).toBe(2);
  });

  it.each([
    ['the account’s concurrency', { accountConcurrency: 2 }],
    ['the function’s reserved concurrency', { reserved: 2 }],
  ])('throttles what exceeds %s', async (_name, options) => {
    const world = createWorld(SLEEPER, options);

    const outcomes = await invokeAtOnce(
      world,
      Array.from({ length: 5 }, () => ({ sleepMs: 500 })),
    );

    expect(outcomes.filter((outcome) => outcome.kind === 'throttled')).toHaveLength(3);
    expect(sum(world, 'Throttles')).toBe(3);
    expect(sum(world, 'Invocations')).toBe(2);
  });

  it('ends a handler that takes too long, and its environment with it', async () => {
    const world = createWorld(SLEEPER, { timeoutSeconds: 2 });

    expect(await invokeAtOnce(world, [{ sleepMs: 5000 }])).toEqual([
      { kind: 'function-error', errorType: 'Sandbox.Timedout', message: 'Task timed out after 2.00 seconds' },
    ]);
    await invokeAtOnce(world, [{ sleepMs: 1 }]);
    expect(world.lambda.function(ARN).createdEnvironments).toBe(2);
    expect(sum(world, 'Errors')).toBe(1);
    expect(world.lambda.timeouts).toMatchObject([{ region: 'us-east-1', functionName: 'f' }]);
  });

  it('reports what a handler throws, and what its module throws at load', async () => {
    const throwing = createWorld('exports.handler = async () => { throw new RangeError("too far"); };');
    const broken = createWorld('throw new TypeError("no such module");');

    expect(await invokeAtOnce(throwing, [{}])).toEqual([
      { kind: 'function-error', errorType: 'RangeError', message: 'too far' },
    ]);
    expect(await invokeAtOnce(broken, [{}])).toEqual([
      { kind: 'function-error', errorType: 'TypeError', message: 'no such module' },
    ]);
  });

  it('tells the handler how much time it has left', async () => {
    const world = createWorld(
      `exports.handler = async (_event, context) => {
        await new Promise((done) => setTimeout(done, 700));
        return context.getRemainingTimeInMillis();
      };`,
    );

    expect(await invokeAtOnce(world, [{}])).toEqual([{ kind: 'success', payload: '2300' }]);
  });

  it('retries an asynchronous invocation twice, after one and after two more minutes', async () => {
    const world = createWorld('exports.handler = async () => { throw new Error("again"); };');
    world.lambda.invokeAsync(ARN, {});

    await world.kernel.runUntil(600_000_000);

    expect(sum(world, 'Invocations')).toBe(3);
  });

  it('gives an event up that has been throttled for six hours', async () => {
    const world = createWorld(SLEEPER, { reserved: 0 });
    world.lambda.invokeAsync(ARN, {});

    await world.kernel.runUntil(7 * 3_600_000_000);

    // Once a second from the first second on.
    expect(sum(world, 'Throttles')).toBe(6 * 3_600 + 1);
  });

  it('repeats an asynchronous invocation as often as it was told to', async () => {
    const world = createWorld('exports.handler = async () => { throw new Error("again"); };');
    world.lambda.limitAsyncRetries(ARN, 0);
    world.lambda.invokeAsync(ARN, {});

    await world.kernel.runUntil(600_000_000);

    expect(sum(world, 'Invocations')).toBe(1);
  });

  it('shares no object of an event that it keeps with the handler', async () => {
    const world = createWorld('exports.handler = async (event) => { event.list.push(1); };');
    const event = { list: [] };

    world.lambda.invokeAsync(ARN, event);
    await world.kernel.runUntil(5_000_000);

    expect(sum(world, 'Invocations')).toBe(1);
    expect(event.list).toEqual([]);
  });

  it('shows the clock of a region as wrong as it is', async () => {
    const world = createWorld(
      'exports.handler = () => new Promise((done) => setTimeout(() => done([Date.now(), new Date().getTime()]), 1));',
    );
    const read = async (): Promise<number[]> => {
      const [outcome] = await invokeAtOnce(world, [{}]);
      return JSON.parse((outcome as { payload: string }).payload) as number[];
    };
    const [before] = await read();
    world.lambda.faults.skewClock('us-east-1', 120_000);
    const [skewed, sameSkewed] = await read();
    world.lambda.faults.skewClock('us-east-1', 0);
    const [after] = await read();

    expect(skewed! - before!).toBeGreaterThan(150_000);
    expect(sameSkewed).toBe(skewed);
    expect(after! - before!).toBeLessThan(150_000);
  });

  it('lets environments die in the middle of their work, and starts anew', async () => {
    const world = createWorld(SLEEPER);
    world.lambda.faults.killInvocations('us-east-1', 1);
    const [killed] = await invokeAtOnce(world, [{ sleepMs: 1_000 }]);
    world.lambda.faults.killInvocations('us-east-1', 0);
    const [lived] = await invokeAtOnce(world, [{ sleepMs: 1_000 }]);

    expect(killed).toMatchObject({ kind: 'function-error', errorType: 'Runtime.ExitError' });
    expect(lived?.kind).toBe('success');
    expect(world.lambda.function(ARN).createdEnvironments).toBe(2);
    expect(sum(world, 'Errors')).toBe(1);
  });

  it.each<[string, (world: ReturnType<typeof createWorld>, isOn: boolean) => void]>([
    [
      'something else has taken what is not reserved',
      ({ lambda }, isOn) => lambda.faults.takeUnreserved('us-east-1', isOn),
    ],
    [
      'the function is stopped',
      ({ lambda }, isOn) => lambda.faults.stopFunction('us-east-1', lambda.function(ARN).definition.functionName, isOn),
    ],
  ])('throttles every invocation while %s', async (_what, set) => {
    const world = createWorld(SLEEPER);
    set(world, true);
    const [during] = await invokeAtOnce(world, [{ sleepMs: 1 }]);
    set(world, false);
    const [after] = await invokeAtOnce(world, [{ sleepMs: 1 }]);

    expect([during!.kind, after!.kind]).toEqual(['throttled', 'success']);
    expect(sum(world, 'Throttles')).toBe(1);
  });
});
