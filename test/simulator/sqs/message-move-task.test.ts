import { Kernel } from '../../../simulator/kernel/kernel';
import { AwsFault, type JsonObject } from '../../../simulator/services/aws-service';
import { Sqs } from '../../../simulator/services/sqs';

const REGION = 'us-east-1';
const SECOND_US = 1_000_000;
const arnOf = (name: string): string => `arn:aws:sqs:${REGION}:123456789012:${name}`;
const DEAD_LETTERS = arnOf('dead-letters');

/** A work queue whose messages are dead after one receive, and `count` of them in the dead-letter queue. */
async function createWorld(count: number) {
  const kernel = new Kernel({ seed: 1 });
  const service = new Sqs(kernel, { accountId: '123456789012' });
  service.createQueue({ region: REGION, queueName: 'dead-letters', orderJitterMs: 0 });
  service.createQueue({ region: REGION, queueName: 'other' });
  service.createQueue({
    region: REGION,
    queueName: 'work',
    visibilityTimeoutSeconds: 1,
    orderJitterMs: 0,
    redrivePolicy: { deadLetterTargetArn: DEAD_LETTERS, maxReceiveCount: 1 },
  });
  const call = (operation: string, input: JsonObject): JsonObject =>
    service.execute({ region: REGION, operation, input });
  const send = (queue: string, body: string): void => {
    const QueueUrl = `https://sqs.${REGION}.amazonaws.com/123456789012/${queue}`;
    call('SendMessage', { QueueUrl, MessageBody: body });
  };
  for (let index = 0; index < count; index++) send('work', `m${index}`);
  for (let round = 0; round < 2; round++) {
    service.receive(arnOf('work'), 1000);
    await kernel.runUntil(kernel.nowUs + 2 * SECOND_US);
  }
  const wait = (seconds: number): Promise<void> => kernel.runUntil(kernel.nowUs + seconds * SECOND_US);
  const bodies = (queue: string): string[] => Array.from(service.messages(arnOf(queue)), ({ body }) => body);
  const list = (input: JsonObject = {}): JsonObject[] =>
    call('ListMessageMoveTasks', { SourceArn: DEAD_LETTERS, ...input }).Results as JsonObject[];
  return { kernel, service, call, send, wait, bodies, list };
}

function faultOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof AwsFault) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

// Sources: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html and
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
describe('A redrive task', () => {
  test('moves dead letters back to where they came from, oldest first, as new messages', async () => {
    const { service, call, wait, bodies, list } = await createWorld(3);
    const before = new Set(Array.from(service.messages(DEAD_LETTERS), ({ messageId }) => messageId));

    call('StartMessageMoveTask', { SourceArn: DEAD_LETTERS });
    await wait(1);

    const after = [...service.messages(arnOf('work'))];
    expect([bodies('dead-letters'), bodies('work')]).toEqual([[], ['m0', 'm1', 'm2']]);
    expect(after.map(({ receiveCount }) => receiveCount)).toEqual([0, 0, 0]);
    expect(after.filter(({ messageId }) => before.has(messageId))).toEqual([]);
    expect(list()).toEqual([
      {
        Status: 'COMPLETED',
        SourceArn: DEAD_LETTERS,
        ApproximateNumberOfMessagesMoved: 3,
        ApproximateNumberOfMessagesToMove: 3,
        StartedTimestamp: expect.any(Number),
      },
    ]);
  });

  test('goes at the rate that is asked for, and shows how far it is', async () => {
    const { call, wait, bodies, list } = await createWorld(10);

    const { TaskHandle } = call('StartMessageMoveTask', {
      SourceArn: DEAD_LETTERS,
      DestinationArn: arnOf('other'),
      MaxNumberOfMessagesPerSecond: 2,
    });
    await wait(2.1);

    expect(bodies('other')).toHaveLength(4);
    expect(list()).toMatchObject([
      { TaskHandle, Status: 'RUNNING', DestinationArn: arnOf('other'), ApproximateNumberOfMessagesMoved: 4 },
    ]);
  });

  test('can be cancelled, and says what it has moved', async () => {
    const { call, wait, bodies, list } = await createWorld(10);
    const { TaskHandle } = call('StartMessageMoveTask', { SourceArn: DEAD_LETTERS, MaxNumberOfMessagesPerSecond: 2 });
    await wait(1.1);

    const answer = call('CancelMessageMoveTask', { TaskHandle: TaskHandle! });
    await wait(10);

    expect(answer).toEqual({ ApproximateNumberOfMessagesMoved: 2 });
    expect(bodies('dead-letters')).toHaveLength(8);
    expect(list()).toMatchObject([{ Status: 'CANCELLED' }]);
    expect(faultOf(() => call('CancelMessageMoveTask', { TaskHandle: TaskHandle! }))).toContain(
      'ResourceNotFoundException',
    );
  });

  test('leaves messages in flight where they are, and does not chase those that come back', async () => {
    const { service, call, wait, list, bodies } = await createWorld(4);
    service.receive(DEAD_LETTERS, 1);

    call('StartMessageMoveTask', { SourceArn: DEAD_LETTERS });
    await wait(1);

    expect(bodies('dead-letters')).toEqual(['m0']);
    expect(list()).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }]);
  });

  test('fails at a message that came from nowhere, unless it is told where to', async () => {
    const { call, send, wait, list } = await createWorld(0);
    send('dead-letters', 'direct');

    call('StartMessageMoveTask', { SourceArn: DEAD_LETTERS });
    await wait(1);
    call('StartMessageMoveTask', { SourceArn: DEAD_LETTERS, DestinationArn: arnOf('other') });
    await wait(1);

    expect(list({ MaxResults: 10 })).toMatchObject([
      { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 },
      { Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' },
    ]);
  });

  test.each<[string, string, JsonObject, RegExp]>([
    [
      'a source that is no dead-letter queue',
      'StartMessageMoveTask',
      { SourceArn: arnOf('work') },
      /Dead Letter Queue/,
    ],
    [
      'a source that does not exist',
      'StartMessageMoveTask',
      { SourceArn: arnOf('x') },
      /SourceArn parameter doesn't exist/,
    ],
    [
      'a source in another region',
      'StartMessageMoveTask',
      { SourceArn: DEAD_LETTERS.replace('us-east-1', 'us-west-2') },
      /doesn't exist/,
    ],
    ['no source', 'StartMessageMoveTask', {}, /MissingRequiredParameterException/],
    [
      'a destination that does not exist',
      'StartMessageMoveTask',
      { SourceArn: DEAD_LETTERS, DestinationArn: arnOf('x') },
      /DestinationArn/,
    ],
    [
      'a destination that is the source',
      'StartMessageMoveTask',
      { SourceArn: DEAD_LETTERS, DestinationArn: DEAD_LETTERS },
      /cannot be the same/,
    ],
    [
      'a rate of 501',
      'StartMessageMoveTask',
      { SourceArn: DEAD_LETTERS, MaxNumberOfMessagesPerSecond: 501 },
      /between 1 and 500/,
    ],
    ['a list of eleven', 'ListMessageMoveTasks', { SourceArn: DEAD_LETTERS, MaxResults: 11 }, /between 1 and 10/],
    ['a handle of nothing', 'CancelMessageMoveTask', { TaskHandle: 'x' }, /Task does not exist/],
  ])('is refused for %s', async (_what, operation, input, message) => {
    const { call } = await createWorld(1);

    expect(faultOf(() => call(operation, input))).toMatch(message);
  });

  test('is refused while another one is active', async () => {
    const { call } = await createWorld(10);
    const start = (): JsonObject => call('StartMessageMoveTask', { SourceArn: DEAD_LETTERS });
    start();

    expect(faultOf(start)).toMatch(/InvalidParameterValueException: There is already a task running/);
  });

  test('needs to receive, delete and look, and to send where it is told to', async () => {
    const { service } = await createWorld(0);
    const permissions = service.permissions({
      region: REGION,
      operation: 'StartMessageMoveTask',
      input: { SourceArn: DEAD_LETTERS, DestinationArn: arnOf('other') },
    });

    expect(permissions.map(({ action, resource }) => `${action} ${resource.split(':').at(-1)!}`)).toEqual([
      'sqs:StartMessageMoveTask dead-letters',
      'sqs:ReceiveMessage dead-letters',
      'sqs:DeleteMessage dead-letters',
      'sqs:GetQueueAttributes dead-letters',
      'sqs:SendMessage other',
    ]);
  });
});
