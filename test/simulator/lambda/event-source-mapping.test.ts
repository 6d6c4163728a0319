import { Kernel } from '../../../simulator/kernel/kernel';
import { Iam } from '../../../simulator/services/iam/iam';
import { EventSourceMapping, type PolledMessage } from '../../../simulator/services/lambda/event-source-mapping';
import type { InvokeOutcome, Lambda } from '../../../simulator/services/lambda/lambda';

const QUEUE = 'arn:aws:sqs:us-east-1:1:work';
const ROLE = 'arn:aws:iam::1:role/worker';

/** A queue and a function of which the test decides everything. */
function createWorld(
  options: {
    maximumConcurrency?: number;
    grant?: string[];
    reportBatchItemFailures?: boolean;
    batchSize?: number;
    windowSeconds?: number;
  } = {},
) {
  const kernel = new Kernel({ seed: 1 });
  const iam = new Iam(kernel);
  iam.addPrincipal(ROLE);
  iam.attachPolicy(ROLE, {
    Statement: [
      { Effect: 'Allow', Action: options.grant ?? ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], Resource: QUEUE },
    ],
  });
  const waiting: PolledMessage[] = [];
  const deleted: string[] = [];
  const running: ((outcome: InvokeOutcome) => void)[] = [];
  const batches: string[][] = [];
  let onAvailable = (): void => undefined;
  const mapping = new EventSourceMapping({
    kernel,
    iam,
    queueArn: QUEUE,
    functionArn: 'arn:function',
    batchSize: options.batchSize ?? 1,
    maximumBatchingWindowSeconds: options.windowSeconds ?? 0,
    reportBatchItemFailures: options.reportBatchItemFailures ?? true,
    queue: {
      receive: (_arn, max) => waiting.splice(0, max),
      delete: (_arn, receiptHandle) => deleted.push(receiptHandle),
      onMessageAvailable: (_arn, callback) => (onAvailable = callback),
    },
    lambda: {
      function: () => ({ identity: ROLE }),
      invoke: (_arn: string, { Records }: { Records: PolledMessage[] }, done: (outcome: InvokeOutcome) => void) => {
        running.push(done);
        batches.push(Records.map(({ messageId }) => messageId));
      },
    } as unknown as Lambda,
    ...(options.maximumConcurrency === undefined ? {} : { maximumConcurrency: options.maximumConcurrency }),
  });
  mapping.start();
  const send = (...ids: string[]): void => {
    for (const id of ids) {
      waiting.push({
        messageId: id,
        receiptHandle: id,
        body: id,
        attributes: {},
        messageAttributes: {},
        md5OfBody: '',
      });
    }
    onAvailable();
  };
  const settle = async (): Promise<void> => kernel.runUntil(kernel.nowUs + 5_000_000);
  return { kernel, iam, mapping, waiting, deleted, running, batches, send, settle };
}

const success = (payload: unknown): InvokeOutcome => ({ kind: 'success', payload: JSON.stringify(payload) });

describe('The event source mapping', () => {
  it('deletes a message after the function has succeeded, not before', async () => {
    const world = createWorld();
    world.send('a');
    await world.settle();
    expect(world.deleted).toEqual([]);

    world.running[0]!(success({ batchItemFailures: [] }));

    expect(world.deleted).toEqual(['a']);
  });

  it.each<[string, InvokeOutcome]>([
    ['the function names it as failed', success({ batchItemFailures: [{ itemIdentifier: 'a' }] })],
    ['the function fails', { kind: 'function-error', errorType: 'Error', message: '' }],
    ['the function is throttled', { kind: 'throttled' }],
    ['the answer names a message nobody knows', success({ batchItemFailures: [{ itemIdentifier: 'z' }] })],
  ])('leaves the message in the queue when %s', async (_name, outcome) => {
    const world = createWorld();
    world.send('a');
    await world.settle();

    world.running[0]!(outcome);

    expect(world.deleted).toEqual([]);
  });

  it('takes every answer for success where failures are not reported one by one', async () => {
    const world = createWorld({ reportBatchItemFailures: false });
    world.send('a');
    await world.settle();

    world.running[0]!(success({ batchItemFailures: [{ itemIdentifier: 'a' }] }));

    expect(world.deleted).toEqual(['a']);
  });

  it('never has more invocations under way than its maximum concurrency', async () => {
    const world = createWorld({ maximumConcurrency: 2 });
    world.send('a', 'b', 'c', 'd');
    await world.settle();
    expect(world.running).toHaveLength(2);

    world.running[0]!(success(null));
    await world.settle();

    expect(world.running).toHaveLength(3);
  });

  it.each([['sqs:ReceiveMessage'], ['sqs:DeleteMessage']])('needs the grant for %s', async (missing) => {
    const world = createWorld({
      grant: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'].filter((action) => action !== missing),
    });
    world.send('a');
    await world.settle();
    world.running[0]?.(success(null));

    expect(world.deleted).toEqual([]);
    expect(world.iam.denials[0]).toMatchObject({ principal: ROLE, action: missing, resource: QUEUE });
  });

  // Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
  it.each([
    // after so many seconds of a backlog, with that maximum, so many batches are under way
    [0.9, undefined, 5],
    [10, undefined, 55],
    [60, undefined, 305],
    [250, undefined, 1250],
    [400, undefined, 1250],
    [10, 30, 30],
    [10, 2, 2],
  ])('after %d s of a backlog with a maximum of %s has %d batches under way', async (seconds, maximum, expected) => {
    const world = createWorld(maximum === undefined ? {} : { maximumConcurrency: maximum });
    world.send(...Array.from({ length: 2000 }, (_, index) => `m${index}`));

    await world.kernel.runUntil((seconds + 0.1) * 1_000_000);

    expect(world.running.length).toBeGreaterThanOrEqual(expected - 5);
    expect(world.running.length).toBeLessThanOrEqual(expected);
  });

  it('goes back to five batches when it has not been at its limit for a minute', async () => {
    const world = createWorld();
    world.send(...Array.from({ length: 50 }, (_, index) => `m${index}`));
    await world.kernel.runUntil(30_000_000);
    const during = world.running.length;
    await world.kernel.runUntil(100_000_000);
    for (const done of world.running) done(success(null));
    world.send(...Array.from({ length: 50 }, (_, index) => `n${index}`));
    await world.kernel.runUntil(100_500_000);

    expect(during).toBe(50);
    expect(world.running.length - during).toBe(5);
  });

  it('fills a batch for as long as its window lasts, and no longer when it is full', async () => {
    const world = createWorld({ batchSize: 3, windowSeconds: 20 });
    world.send('a');
    await world.settle();
    world.send('b');
    await world.settle();
    const early = [...world.batches];
    world.send('c', 'd');
    await world.settle();
    const full = [...world.batches];

    await world.kernel.runUntil(world.kernel.nowUs + 20_000_000);

    expect([early, full, world.batches]).toEqual([[], [['a', 'b', 'c']], [['a', 'b', 'c'], ['d']]]);
  });

  it('needs a batching window for more than ten messages', () => {
    expect(() => createWorld({ batchSize: 11 })).toThrow(/Maximum batch window in seconds must be greater than 0/);
    expect(() => createWorld({ batchSize: 11, windowSeconds: 1 })).not.toThrow();
  });
});
