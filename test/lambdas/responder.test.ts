import { NOW } from './surroundings';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CancelMessageMoveTaskCommand,
  GetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lambdas/responder/handler';

// The responder of the standby: its peer is the primary.
Object.assign(process.env, {
  AWS_REGION: 'us-west-2',
  PEER_REGION: 'us-east-1',
  STAGE: 'sandbox',
  OBSERVATION_TABLE: 'observations',
  DEAD_LETTERS_URL: 'https://sqs.us-west-2.amazonaws.com/123456789012/letters',
  DEAD_LETTERS_ARN: 'arn:aws:sqs:us-west-2:123456789012:letters',
  PAGE_TOPIC_ARN: 'arn:aws:sns:us-west-2:123456789012:page',
});

type Item = Record<string, unknown>;
const dynamoDb = mockClient(DynamoDBClient);
const sqs = mockClient(SQSClient);
const sns = mockClient(SNSClient);
/** Items of this region's state by name, and how the observer sees the regions. */
let state: Map<string, Item>;
let looks: Readonly<Record<string, string>>;
let observedAgoMs: number;
let waiting: (queueUrl: string) => number;

beforeEach(() => {
  state = new Map();
  looks = { 'us-east-1': '110110111011011111', 'us-west-2': '111111111111111111' };
  observedAgoMs = 4_000;
  waiting = () => 0;
  for (const mock of [dynamoDb, sqs, sns]) mock.reset();
  dynamoDb.on(GetItemCommand).callsFake(({ TableName, Key }: { TableName: string; Key: { name: { S: string } } }) => {
    if (TableName !== 'observations') return { Item: state.get(Key.name.S) };
    const regions = Object.entries(looks).map(([region, orderLooks]) => [
      region,
      { M: { isLive: { BOOL: true }, orderLooks: { S: orderLooks } } },
    ]);
    return {
      Item: { observedAt: { N: String(Date.now() - observedAgoMs) }, regions: { M: Object.fromEntries(regions) } },
    };
  });
  dynamoDb.on(PutItemCommand).callsFake(({ Item, ConditionExpression }) => {
    const name = Item.name.S as string;
    if (ConditionExpression !== undefined && state.has(name)) {
      throw new ConditionalCheckFailedException({ message: 'There already.', $metadata: {} });
    }
    state.set(name, Item as Item);
    return {};
  });
  sqs.on(GetQueueAttributesCommand).callsFake(({ QueueUrl }: { QueueUrl: string }) => ({
    Attributes: { ApproximateNumberOfMessages: String(waiting(QueueUrl)) },
  }));
  sqs.on(StartMessageMoveTaskCommand).resolves({ TaskHandle: 'task' });
});

async function tell(alarm: string, value: string, timestamp = '2030-01-01T12:00:00.000+0000'): Promise<void> {
  const isOver = { value: false };
  const detail = { alarmName: `tandem-sandbox-${alarm}`, state: { value, timestamp } };
  const invocation = handler({ detail }).finally(() => (isOver.value = true));
  invocation.catch(() => undefined);
  while (!isOver.value) {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (jest.getTimerCount() > 0) jest.advanceTimersToNextTimer();
  }
  return invocation;
}

const isSwitchSet = (): boolean =>
  (state.get('evacuation#us-east-1')?.['evacuated'] as Item | undefined)?.['BOOL'] === true;
const told = (): string[] =>
  sns.commandCalls(PublishCommand).map(({ args }) => `${args[0].input.Subject}\n${args[0].input.Message}`);

describe('The responder in the standby', () => {
  test('evacuates the primary when every guard agrees three times in a row, and tells why', async () => {
    await tell('peer-failing', 'ALARM');

    expect(isSwitchSet()).toBe(true);
    expect(Date.now() - NOW).toBe(10_000);
    // The switch here, the latch there.
    const writes = dynamoDb
      .commandCalls(PutItemCommand)
      .filter(({ args }) => args[0].input.Item!['evacuated'] !== undefined);
    expect(writes).toHaveLength(2);
    expect(told()).toEqual([expect.stringContaining('Tandem responder in us-west-2: us-east-1 is evacuated')]);
    expect(told()[0]).toContain('the observer saw us-east-1 fail');
    expect(told()[0]).toContain('Runbook: runbooks/responder.md');
  });

  test.each<[guard: string, prepare: () => void, sentence: string]>([
    [
      'the observer sees a well primary: the regions are cut off from each other',
      () => (looks = { ...looks, 'us-east-1': '111111' }),
      'does not agree',
    ],
    ['the observer is silent', () => (observedAgoMs = 120_000), 'The observer is silent'],
    [
      'the observer has seen a single look at the standby fail',
      () => (looks = { ...looks, 'us-west-2': '111111111111011111' }),
      'is not well itself',
    ],
    [
      'the observer has not looked at the standby',
      () => (looks = { 'us-east-1': looks['us-east-1']! }),
      'has not looked at us-west-2',
    ],
    ['the standby is behind', () => (waiting = () => 61), 'cannot carry everything'],
    [
      'the standby is itself evacuated',
      () => state.set('evacuation#us-west-2', { evacuated: { BOOL: true } }),
      'never evacuate both',
    ],
    [
      'the switch was moved a moment ago',
      () => state.set('evacuation#us-east-1', { evacuated: { BOOL: false }, changedAt: { N: String(NOW - 60_000) } }),
      'rests for ten minutes',
    ],
  ])('leaves it to a person while %s, and tells which guard spoke against it', async (_, prepare, sentence) => {
    prepare();

    await tell('peer-failing', 'ALARM');

    expect(isSwitchSet()).toBe(false);
    expect(told()).toEqual([expect.stringContaining('us-east-1 was not evacuated')]);
    expect(told()[0]).toContain(sentence);
  });

  test('waits until the guards agree for long enough, and is not moved by a moment', async () => {
    let round = 0;
    const good = { ...looks };
    waiting = () => {
      looks = round++ % 3 === 2 ? { ...good, 'us-east-1': '111111111111111111' } : good;
      return 0;
    };

    await tell('peer-failing', 'ALARM');

    expect(isSwitchSet()).toBe(false);
  });

  test('answers a change of state once, however often it is told, and another one again', async () => {
    observedAgoMs = 120_000;
    await tell('peer-failing', 'ALARM');
    await tell('peer-failing', 'ALARM');
    expect(told()).toHaveLength(1);

    await tell('peer-failing', 'ALARM', '2030-01-01T12:30:00.000+0000');
    expect(told()).toHaveLength(2);
  });

  test('does nothing and says nothing when the primary is evacuated already', async () => {
    state.set('evacuation#us-east-1', { evacuated: { BOOL: true } });
    await tell('peer-failing', 'ALARM');
    expect(told()).toEqual([]);
  });

  test.each(['peer-failing', 'fulfilment-errors'])(
    'does nothing for %s while the kill switch is set',
    async (alarm) => {
      state.set('responder', { disabled: { BOOL: true } });
      waiting = (url) => (url.endsWith('letters') ? 3 : 0);

      await tell(alarm, alarm === 'peer-failing' ? 'ALARM' : 'OK');

      expect(isSwitchSet()).toBe(false);
      expect(sqs.commandCalls(StartMessageMoveTaskCommand)).toHaveLength(0);
      expect(told()).toEqual([]);
    },
  );

  test('sets the switch although nobody can be told and the primary cannot be reached', async () => {
    sns.on(PublishCommand).rejects(new Error('unreachable'));
    await tell('peer-failing', 'ALARM');
    expect(isSwitchSet()).toBe(true);
  });
});

describe('The redrive', () => {
  const letters =
    (...counts: readonly number[]) =>
    (url: string): number => {
      if (!url.endsWith('letters')) return 0;
      return counts[Math.min(asked++, counts.length - 1)]!;
    };
  let asked = 0;
  beforeEach(() => (asked = 0));

  test('begins when the cause is gone, one message a second, and tells of it', async () => {
    waiting = letters(3, 2, 1, 0);

    await tell('fulfilment-errors', 'OK');

    expect(sqs.commandCalls(StartMessageMoveTaskCommand).map(({ args }) => args[0].input)).toEqual([
      { SourceArn: process.env['DEAD_LETTERS_ARN'], MaxNumberOfMessagesPerSecond: 1 },
    ]);
    expect(told()[0]).toContain('3 dead letters are redriven');
  });

  test('stops when the letters come back', async () => {
    waiting = letters(3, 1, 2);

    await tell('fulfilment-errors', 'OK');

    expect(sqs.commandCalls(CancelMessageMoveTaskCommand).map(({ args }) => args[0].input)).toEqual([
      { TaskHandle: 'task' },
    ]);
    expect(told()[0]).toContain('The redrive was stopped');
  });

  test('does not begin without letters, nor while the alarm rings, nor twice within an hour', async () => {
    await tell('fulfilment-errors', 'OK');
    waiting = letters(3, 0, 3);
    await tell('fulfilment-errors', 'ALARM', 'another');
    expect(sqs.commandCalls(StartMessageMoveTaskCommand)).toHaveLength(0);

    await tell('fulfilment-errors', 'OK', 'a third');
    await tell('fulfilment-errors', 'OK', 'a fourth');
    expect(sqs.commandCalls(StartMessageMoveTaskCommand)).toHaveLength(1);
    expect(told().at(-1)).toContain('3 dead letters stay');
  });
});
