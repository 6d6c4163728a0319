import { Kernel } from '../../../simulator/kernel/kernel';
import { type QueueDefinition, type ReceivedMessage, Sqs } from '../../../simulator/services/sqs';
import type { MetricSample } from '../../../simulator/services/metric-sink';

const REGION = 'us-east-1';
const SECOND_US = 1_000_000;
const MINUTE_US = 60 * SECOND_US;

interface World {
  readonly kernel: Kernel;
  readonly service: Sqs;
  readonly samples: MetricSample[];
  readonly arn: string;
  readonly deadLetterArn: string;
  send(body: string): void;
  receive(countMax?: number): readonly ReceivedMessage[];
}

function createWorld(definition: Partial<QueueDefinition> = {}, seed = 1): World {
  const kernel = new Kernel({ seed });
  const samples: MetricSample[] = [];
  const service = new Sqs(kernel, {
    accountId: '123456789012',
    metrics: { put: (sample) => void samples.push({ ...sample, epochMs: kernel.epochMs }) },
  });
  const { arn: deadLetterArn } = service.createQueue({ region: REGION, queueName: 'work-dlq' });
  const { arn, url } = service.createQueue({ region: REGION, queueName: 'work', orderJitterMs: 0, ...definition });
  return {
    kernel,
    service,
    samples,
    arn,
    deadLetterArn,
    send: (body) =>
      void service.execute({ region: REGION, operation: 'SendMessage', input: { QueueUrl: url, MessageBody: body } }),
    receive: (countMax = 10) => service.receive(arn, countMax),
  };
}

const DEAD_LETTER_ARN = 'arn:aws:sqs:us-east-1:123456789012:work-dlq';

test('a message that was received as often as allowed moves to the dead-letter queue at its next receive', async () => {
  const world = createWorld({
    visibilityTimeoutSeconds: 1,
    redrivePolicy: { deadLetterTargetArn: DEAD_LETTER_ARN, maxReceiveCount: 2 },
  });
  world.send('poison');
  const [sent] = [...world.service.messages(world.arn)];

  const counts: number[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    counts.push(world.receive().length);
    await world.kernel.runUntil(world.kernel.nowUs + 2 * SECOND_US);
  }

  const [dead] = world.service.receive(world.deadLetterArn, 1);
  expect(counts).toEqual([1, 1, 0]);
  expect([...world.service.messages(world.arn)]).toEqual([]);
  expect(dead).toMatchObject({
    messageId: sent?.messageId,
    attributes: {
      // The time of sending and the receives of the first queue are kept.
      SentTimestamp: String(sent?.sentEpochMs),
      ApproximateReceiveCount: '3',
      DeadLetterQueueSourceArn: world.arn,
    },
  });
});

test('a dead letter keeps its age for retention, but its reported age begins anew', async () => {
  const world = createWorld({
    visibilityTimeoutSeconds: 0,
    messageRetentionPeriodSeconds: 3600,
    redrivePolicy: { deadLetterTargetArn: DEAD_LETTER_ARN, maxReceiveCount: 1 },
  });
  world.send('poison');
  await world.kernel.runUntil(30 * MINUTE_US);
  world.receive();
  world.receive();
  await world.kernel.runUntil(35 * MINUTE_US);

  const age = world.samples.findLast(
    ({ name, dimensions }) => name === 'ApproximateAgeOfOldestMessage' && dimensions.QueueName === 'work-dlq',
  );
  expect([...world.service.messages(world.deadLetterArn)]).toHaveLength(1);
  expect(age?.value).toBeLessThanOrEqual(5 * 60);
  await world.kernel.runUntil(4 * 24 * 60 * MINUTE_US);
  expect([...world.service.messages(world.deadLetterArn)]).toEqual([]);
});

test.each([
  [2, 'often'],
  [3, 'fresh'],
])('after %i receives the message that comes first is the %s one', async (receives, expected) => {
  const world = createWorld({ visibilityTimeoutSeconds: 1 });
  world.send('often');
  for (let receive = 0; receive < receives; receive++) {
    world.receive(1);
    await world.kernel.runUntil(world.kernel.nowUs + 0.5 * SECOND_US);
    if (receive === receives - 1) world.send('fresh');
    await world.kernel.runUntil(world.kernel.nowUs + 0.5 * SECOND_US);
  }

  const [first] = world.receive(1);

  expect(first?.body).toBe(expected);
});

test('messages far apart keep their order, messages close together need not', async () => {
  const orderOf = async (gapMs: number): Promise<string> => {
    const world = createWorld({ orderJitterMs: 20 });
    for (let index = 0; index < 10; index++) {
      world.send(String(index));
      await world.kernel.runUntil(world.kernel.nowUs + gapMs * 1000);
    }
    return world
      .receive()
      .map(({ body }) => body)
      .join('');
  };

  expect(await orderOf(25)).toBe('0123456789');
  expect(await orderOf(1)).not.toBe('0123456789');
  expect(await orderOf(1)).toBe(await orderOf(1));
});

test('a duplicate has the same id, comes within a second, and must be deleted on its own', async () => {
  const world = createWorld({ duplicateDeliveryProbability: 1 });
  world.send('msg');

  const [first] = world.receive();
  world.service.delete(world.arn, first!.receiptHandle);
  await world.kernel.runUntil(SECOND_US);
  const [second] = world.receive();

  expect(second?.messageId).toBe(first?.messageId);
  expect(second?.body).toBe('msg');
});

test('without the option nothing is delivered twice', async () => {
  const world = createWorld();
  for (let index = 0; index < 200; index++) world.send(String(index));

  const ids = new Set<string>();
  for (let batch = world.receive(); batch.length > 0; batch = world.receive()) {
    for (const { messageId } of batch) {
      expect(ids.has(messageId)).toBe(false);
      ids.add(messageId);
    }
  }

  expect(ids.size).toBe(200);
});

test('no more than 120,000 messages are in flight', () => {
  const world = createWorld();
  const input = {
    QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/work',
    MaxNumberOfMessages: 1,
  };
  for (let index = 0; index < 120_001; index++) world.send('m');
  for (let index = 0; index < 12_000; index++) world.receive();

  const receive = (): unknown => world.service.execute({ region: REGION, operation: 'ReceiveMessage', input });

  expect(receive).toThrow(expect.objectContaining({ code: 'OverLimit', httpStatus: 403 }) as Error);
  expect(world.receive()).toEqual([]);
});

describe('a poller', () => {
  test('is called soon after a message comes, once for several of one instant', async () => {
    const world = createWorld();
    let calls = 0;
    world.service.onMessageAvailable(world.arn, () => calls++);
    await world.kernel.runUntil(SECOND_US);

    world.send('a');
    world.send('b');
    const before = calls;
    await world.kernel.runUntil(2 * SECOND_US);

    expect(before).toBe(0);
    expect(calls).toBe(1);
  });

  test('is called when a visibility timeout ends, without any other call', async () => {
    const world = createWorld({ visibilityTimeoutSeconds: 30 });
    const receivedAtUs: number[] = [];
    world.service.onMessageAvailable(world.arn, () => {
      if (world.receive().length > 0) receivedAtUs.push(world.kernel.nowUs);
    });

    world.send('a');
    await world.kernel.runUntil(65 * SECOND_US);

    expect(receivedAtUs).toEqual([0, 30 * SECOND_US, 60 * SECOND_US]);
  });

  test('is called at once for messages that were there before it', async () => {
    const world = createWorld();
    world.send('a');
    let calls = 0;

    world.service.onMessageAvailable(world.arn, () => calls++);
    await world.kernel.runUntil(1);

    expect(calls).toBe(1);
  });

  test('is called for delayed messages and after a visibility of 0, and not after it has ended', async () => {
    const world = createWorld({ delaySeconds: 5 });
    const receivedAtUs: number[] = [];
    const end = world.service.onMessageAvailable(world.arn, () => {
      const [message] = world.receive();
      if (message === undefined) return;
      receivedAtUs.push(world.kernel.nowUs);
      if (receivedAtUs.length < 3) world.service.changeVisibility(world.arn, message.receiptHandle, 0);
    });

    world.send('a');
    await world.kernel.runUntil(10 * SECOND_US);
    end();
    world.send('b');
    await world.kernel.runUntil(20 * SECOND_US);

    expect(receivedAtUs).toEqual([5 * SECOND_US, 5 * SECOND_US, 5 * SECOND_US]);
  });

  test('receives every message exactly once if it deletes in time', async () => {
    const world = createWorld({ visibilityTimeoutSeconds: 10 });
    const bodies: string[] = [];
    world.service.onMessageAvailable(world.arn, () => {
      for (let batch = world.receive(1); batch.length > 0; batch = world.receive(1)) {
        const [message] = batch;
        bodies.push(message!.body);
        world.kernel.after(SECOND_US, () => world.service.delete(world.arn, message!.receiptHandle));
      }
    });

    for (let index = 0; index < 50; index++) world.kernel.after(index * 100_000, () => world.send(String(index)));
    await world.kernel.runUntil(MINUTE_US);

    expect(bodies).toEqual(Array.from({ length: 50 }, (_, index) => String(index)));
    expect([...world.service.messages(world.arn)]).toEqual([]);
  });
});

describe('metrics', () => {
  const valuesOf = (world: World, name: string): number[] =>
    world.samples
      .filter((sample) => sample.name === name && sample.dimensions.QueueName === 'work')
      .map(({ value }) => value);

  test('are published once a minute, within the minute they describe', async () => {
    const world = createWorld({ visibilityTimeoutSeconds: 600 });
    for (let index = 0; index < 5; index++) world.send(String(index));
    const [first] = world.receive(2);
    world.service.delete(world.arn, first!.receiptHandle);

    await world.kernel.runUntil(2 * MINUTE_US);

    expect(valuesOf(world, 'ApproximateNumberOfMessagesVisible')).toEqual([3, 3]);
    expect(valuesOf(world, 'ApproximateNumberOfMessagesNotVisible')).toEqual([1, 1]);
    expect(valuesOf(world, 'ApproximateAgeOfOldestMessage')).toEqual([59, 119]);
    expect(valuesOf(world, 'NumberOfMessagesSent')).toEqual([5]);
    expect(valuesOf(world, 'NumberOfMessagesReceived')).toEqual([2]);
    expect(valuesOf(world, 'NumberOfMessagesDeleted')).toEqual([1]);
    const sample = world.samples.find(({ dimensions }) => dimensions.QueueName === 'work');
    expect(sample).toMatchObject({ region: REGION, namespace: 'AWS/SQS', epochMs: world.kernel.startEpochMs + 59_999 });
  });

  test('stop six hours after the last call to an empty queue, and begin again with the next', async () => {
    const world = createWorld();
    await world.kernel.runUntil(7 * 60 * MINUTE_US);
    const whileIdle = valuesOf(world, 'ApproximateNumberOfMessagesVisible').length;

    world.send('a');
    await world.kernel.runUntil((7 * 60 + 1) * MINUTE_US);

    expect(whileIdle).toBe(6 * 60);
    expect(valuesOf(world, 'ApproximateNumberOfMessagesVisible').length).toBe(whileIdle + 1);
  });

  test('go on while a poller waits, though the queue is empty', async () => {
    const world = createWorld();
    world.service.onMessageAvailable(world.arn, () => {});

    await world.kernel.runUntil(7 * 60 * MINUTE_US);

    expect(valuesOf(world, 'ApproximateNumberOfMessagesVisible')).toHaveLength(7 * 60);
  });

  test('leave out the age of a message that was received three times', async () => {
    const world = createWorld({ visibilityTimeoutSeconds: 0 });
    world.send('poison');
    for (let receive = 0; receive < 3; receive++) world.receive(1);

    await world.kernel.runUntil(2 * MINUTE_US);

    expect(valuesOf(world, 'ApproximateAgeOfOldestMessage')).toEqual([]);
    expect(valuesOf(world, 'ApproximateNumberOfMessagesVisible')).toEqual([1, 1]);
  });

  test('do not count a move to the dead-letter queue as sent', async () => {
    const world = createWorld({
      visibilityTimeoutSeconds: 0,
      redrivePolicy: { deadLetterTargetArn: DEAD_LETTER_ARN, maxReceiveCount: 1 },
    });
    world.send('poison');
    world.receive();
    world.receive();

    await world.kernel.runUntil(MINUTE_US);

    const deadLetterNames = world.samples
      .filter(({ dimensions }) => dimensions.QueueName === 'work-dlq')
      .map(({ name }) => name);
    expect(deadLetterNames).toContain('ApproximateNumberOfMessagesVisible');
    expect(deadLetterNames).not.toContain('NumberOfMessagesSent');
  });
});

describe('what is not modelled is refused by name', () => {
  test.each([
    ['a FIFO queue', { queueName: 'work.fifo' }, 'FIFO queue work.fifo is not modelled.'],
    ['a visibility timeout out of range', { visibilityTimeoutSeconds: 43_201 }, 'must be between 0 and 43200'],
    [
      'a dead-letter queue in another region',
      { redrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:us-west-2:123456789012:x', maxReceiveCount: 1 } },
      'must be a queue in us-east-1',
    ],
  ])('%s', (_, definition, message) => {
    const create = (): unknown =>
      createWorld().service.createQueue({ region: REGION, queueName: 'other', ...definition });

    expect(create).toThrow(message);
  });

  test.each([
    ['a wait that is too long', 'ReceiveMessage', { WaitTimeSeconds: 21 }, 'Value 21 for parameter WaitTimeSeconds'],
    ['an unknown operation', 'PurgeQueue', {}, 'SQS operation PurgeQueue is not modelled.'],
    ['an unknown parameter', 'SendMessage', { MessageBody: 'a', Priority: 1 }, 'Parameter Priority of SQS SendMessage'],
  ])('%s', (_, operation, input, message) => {
    const { service } = createWorld();
    const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/work';

    expect(() => service.execute({ region: REGION, operation, input: { QueueUrl, ...input } })).toThrow(message);
  });
});

test('a call needs the permission of its operation on its queue, a batch that of the single operation', () => {
  const { service } = createWorld();
  const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/work';

  const permissions = service.permissions({ region: REGION, operation: 'SendMessageBatch', input: { QueueUrl } });

  expect(permissions).toEqual([{ action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:123456789012:work' }]);
});

test('messages are handed out twice for as long as a region is told to', async () => {
  const world = createWorld();
  const receiveAll = async (body: string): Promise<number> => {
    world.send(body);
    const first = world.receive();
    await world.kernel.runUntil(world.kernel.nowUs + 2 * SECOND_US);
    return [...first, ...world.receive()].filter((message) => message.body === body).length;
  };
  world.service.duplicateDeliveries(REGION, 1);
  const during = await receiveAll('twice');
  world.service.duplicateDeliveries(REGION, 0);
  const after = await receiveAll('once');

  expect([during, after]).toEqual([2, 1]);
});

test('the counts that are asked for lag behind, and catch up', async () => {
  const world = createWorld();
  const count = (): string => {
    const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/work';
    const input = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] };
    const { Attributes } = world.service.execute({ region: REGION, operation: 'GetQueueAttributes', input });
    return (Attributes as Record<string, string>)['ApproximateNumberOfMessages']!;
  };
  world.send('a');
  const atOnce = count();
  await world.kernel.runUntil(6 * SECOND_US);
  const later = count();
  world.send('b');

  expect([atOnce, later, count()]).toEqual(['0', '1', '1']);
  await world.kernel.runUntil(11 * SECOND_US);
  expect(count()).toBe('2');
});
