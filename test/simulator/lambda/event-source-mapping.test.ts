import { Kernel } from '../../../simulator/kernel/kernel';
import { Iam } from '../../../simulator/services/iam/iam';
import { EventSourceMapping, type PolledMessage } from '../../../simulator/services/lambda/event-source-mapping';
import type { InvokeOutcome, Lambda } from '../../../simulator/services/lambda/lambda';

const QUEUE = 'arn:aws:sqs:us-east-1:1:work';
const ROLE = 'arn:aws:iam::1:role/worker';

/** A queue and a function of which the test decides everything. */
function createWorld(
  options: { maximumConcurrency?: number; grant?: string[]; reportBatchItemFailures?: boolean } = {},
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
  let onAvailable = (): void => undefined;
  const mapping = new EventSourceMapping({
    kernel,
    iam,
    queueArn: QUEUE,
    functionArn: 'arn:function',
    batchSize: 1,
    reportBatchItemFailures: options.reportBatchItemFailures ?? true,
    queue: {
      receive: (_arn, max) => waiting.splice(0, max),
      delete: (_arn, receiptHandle) => deleted.push(receiptHandle),
      onMessageAvailable: (_arn, callback) => (onAvailable = callback),
    },
    lambda: {
      function: () => ({ identity: ROLE }),
      invoke: (_arn: string, _event: unknown, done: (outcome: InvokeOutcome) => void) => running.push(done),
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
  return { kernel, iam, mapping, waiting, deleted, running, send, settle };
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
});
