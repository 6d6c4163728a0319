import { Kernel } from '../../../simulator/kernel/kernel';
import type { MetricSample } from '../../../simulator/services/metric-sink';
import { Sqs, type ReceivedMessage } from '../../../simulator/services/sqs';

/** Every figure here is of https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html */
const REGION = 'us-east-1';
const SECOND_US = 1_000_000;

function createWorld() {
  const kernel = new Kernel({ seed: 1 });
  const samples: MetricSample[] = [];
  const service = new Sqs(kernel, {
    accountId: '123456789012',
    metrics: { put: (sample) => void samples.push({ ...sample, epochMs: kernel.epochMs }) },
  });
  const { arn, url } = service.createQueue({
    region: REGION,
    queueName: 'work',
    orderJitterMs: 0,
    visibilityTimeoutSeconds: 3_600,
  });
  const call = (operation: string, input: object) =>
    service.execute({ region: REGION, operation, input: { QueueUrl: url, ...input } });
  return {
    kernel,
    samples,
    /** Sends messages whose bodies are their group and a number. Undefined is a message without a group. */
    send: (group: string | undefined, count = 1): void => {
      for (let index = 0; index < count; index++) {
        call('SendMessage', {
          MessageBody: group ?? 'nobody',
          ...(group === undefined ? {} : { MessageGroupId: group }),
        });
      }
    },
    receive: (count: number): ReceivedMessage[] =>
      Array.from({ length: Math.ceil(count / 10) }, (_, call_) =>
        service.receive(arn, Math.min(10, count - 10 * call_)),
      ).flat(),
    finish: (messages: readonly ReceivedMessage[]): void => {
      for (const { receiptHandle } of messages) call('DeleteMessage', { ReceiptHandle: receiptHandle });
    },
    advance: (seconds: number) => kernel.runUntil(kernel.nowUs + seconds * SECOND_US),
  };
}

type World = ReturnType<typeof createWorld>;

const bodies = (messages: readonly ReceivedMessage[]): string[] => messages.map(({ body }) => body);
const repeat = (body: string, count: number): string[] => Array.from({ length: count }, () => body);

/** So many messages of a group go in flight at this instant. */
function occupy(world: World, group: string | undefined, count: number): ReceivedMessage[] {
  world.send(group, count);
  return world.receive(count);
}

describe('A group that has more than a tenth of the messages in flight, and 30,', () => {
  test('comes last, whatever was sent before', () => {
    const world = createWorld();
    occupy(world, 'many', 30);
    world.send('many', 3);
    world.send('few', 2);
    expect(bodies(world.receive(5))).toEqual(['few', 'few', 'many', 'many', 'many']);
  });

  test.each([
    ['29 of 29', 29, 0],
    ['30 of 300', 30, 270],
  ])('is in its place with %s', (_, own, others) => {
    const world = createWorld();
    for (let other = 0; other < others; other++) occupy(world, undefined, 1);
    occupy(world, 'many', own);
    world.send('many', 2);
    world.send('few');
    expect(bodies(world.receive(3))).toEqual(['many', 'many', 'few']);
  });

  test('is not held up while nobody else waits', () => {
    const world = createWorld();
    occupy(world, 'many', 40);
    world.send('many', 5);
    expect(bodies(world.receive(5))).toEqual(repeat('many', 5));
  });
});

describe('A group that has more than a tenth of the recent processing time', () => {
  test('comes last, with few messages in flight', async () => {
    const world = createWorld();
    occupy(world, 'slow', 2);
    await world.advance(10);
    world.send('slow', 2);
    world.send('quick', 2);
    expect(bodies(world.receive(4))).toEqual(['quick', 'quick', 'slow', 'slow']);
  });

  test('is in its place with less', async () => {
    const world = createWorld();
    for (let other = 0; other < 11; other++) occupy(world, undefined, 1);
    occupy(world, 'slow', 1);
    await world.advance(10);
    world.send('slow');
    world.send('quick');
    expect(bodies(world.receive(2))).toEqual(['slow', 'quick']);
  });

  test('is quiet when that was long ago', async () => {
    const world = createWorld();
    world.finish(occupy(world, 'slow', 1));
    const busy = occupy(world, 'slow', 1);
    await world.advance(10);
    world.finish(busy);
    for (let other = 0; other < 20; other++) occupy(world, undefined, 1);
    await world.advance(600);
    world.send('slow');
    world.send('quick');
    expect(bodies(world.receive(2))).toEqual(['slow', 'quick']);
  });
});

test('of two noisy groups the one with fewer messages in flight comes first', () => {
  const world = createWorld();
  occupy(world, 'more', 40);
  occupy(world, 'less', 30);
  world.send('more', 2);
  world.send('less', 2);
  expect(bodies(world.receive(4))).toEqual(['less', 'less', 'more', 'more']);
});

test('a message without a group is a tenant of its own', () => {
  const world = createWorld();
  occupy(world, undefined, 100);
  occupy(world, 'many', 30);
  world.send('many');
  world.send(undefined);
  expect(bodies(world.receive(2))).toEqual(['nobody', 'many']);
});

describe('A noisy group is quiet again', () => {
  test('once its backlog is gone', () => {
    const world = createWorld();
    const first = occupy(world, 'many', 30);
    world.send('many');
    world.send('few');
    const second = world.receive(2);
    world.finish([...first, ...second]);
    world.send('many');
    world.send('few');
    expect(bodies(world.receive(2))).toEqual(['many', 'few']);
  });

  test('once nobody has sent to it for five minutes, at the place of its messages', async () => {
    const world = createWorld();
    occupy(world, 'many', 30);
    world.send('many', 2);
    await world.advance(1);
    world.send('few', 3);
    // What is set aside while it is noisy comes back into line.
    expect(bodies(world.receive(1))).toEqual(['few']);
    await world.advance(298);
    expect(bodies(world.receive(1))).toEqual(['few']);
    await world.advance(1);
    expect(bodies(world.receive(3))).toEqual(['many', 'many', 'few']);
  });
});

test('nothing is lost or handed out twice on the way, and what is deleted or expires is gone', async () => {
  const world = createWorld();
  occupy(world, 'many', 30);
  world.send('many', 50);
  world.send('few', 25);
  const received = world.receive(60);
  expect(bodies(received)).toEqual([...repeat('few', 25), ...repeat('many', 35)]);
  expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(60);
  world.finish(received);
  await world.advance(4 * 86_400);
  expect(world.receive(10)).toEqual([]);
});

describe('Of a queue that has had groups, metrics', () => {
  test('tell what there is beside the noisy ones', async () => {
    const world = createWorld();
    occupy(world, 'many', 30);
    occupy(world, 'few', 1);
    world.send('many', 5);
    await world.advance(10);
    world.send('few', 2);
    world.receive(1);
    await world.advance(50);
    const told = Object.fromEntries(
      world.samples.filter(({ name }) => name.endsWith('Groups')).map(({ name, value }) => [name, value]),
    );
    expect(told).toEqual({
      ApproximateNumberOfNoisyGroups: 1,
      ApproximateNumberOfMessagesVisibleInQuietGroups: 1,
      ApproximateNumberOfMessagesNotVisibleInQuietGroups: 2,
      ApproximateAgeOfOldestMessageInQuietGroups: 59,
    });
  });

  test('are left out of a queue without', async () => {
    const world = createWorld();
    world.send(undefined, 3);
    await world.advance(60);
    expect(world.samples.map(({ name }) => name).filter((name) => name.includes('Groups'))).toEqual([]);
  });
});
