import { Kernel } from '../../../simulator/kernel/kernel';
import type { JsonObject } from '../../../simulator/services/aws-service';
import { type QueueDefinition, Sqs } from '../../../simulator/services/sqs';

const REGION = 'us-east-1';
const SECOND_US = 1_000_000;

function createWorld(definition: Partial<QueueDefinition> = {}) {
  const kernel = new Kernel({ seed: 1 });
  const service = new Sqs(kernel, { accountId: '123456789012' });
  const { url } = service.createQueue({ region: REGION, queueName: 'work', ...definition });
  const answers: { readonly atSeconds: number; readonly bodies: readonly unknown[] }[] = [];
  const receive = (input: JsonObject = {}): void => {
    const call = { region: REGION, operation: 'ReceiveMessage', input: { QueueUrl: url, ...input } };
    const answer = (compute: () => JsonObject): void => {
      const bodies = ((compute().Messages ?? []) as JsonObject[]).map(({ Body }) => Body);
      answers.push({ atSeconds: Math.round(kernel.nowUs / SECOND_US), bodies });
    };
    const deferred = service.defer(call);
    if (deferred === undefined) answer(() => service.execute(call));
    else deferred(answer);
  };
  const send = (body: string, atSeconds: number): void => {
    const input = { QueueUrl: url, MessageBody: body };
    kernel.at(atSeconds * SECOND_US, () => void service.execute({ region: REGION, operation: 'SendMessage', input }));
  };
  return { kernel, answers, receive, send };
}

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
describe('A receive that may wait', () => {
  test('is answered as soon as there is a message', async () => {
    const { kernel, answers, receive, send } = createWorld();
    receive({ WaitTimeSeconds: 20 });
    send('late', 7);

    await kernel.runUntil(60 * SECOND_US);

    expect(answers).toEqual([{ atSeconds: 7, bodies: ['late'] }]);
  });

  test('is answered without one when its time is over', async () => {
    const { kernel, answers, receive, send } = createWorld();
    receive({ WaitTimeSeconds: 5 });
    send('too late', 6);

    await kernel.runUntil(60 * SECOND_US);

    expect(answers).toEqual([{ atSeconds: 5, bodies: [] }]);
  });

  test('leaves the second of two to wait when the first takes the only message', async () => {
    const { kernel, answers, receive, send } = createWorld();
    receive({ WaitTimeSeconds: 20 });
    receive({ WaitTimeSeconds: 10 });
    send('only', 3);

    await kernel.runUntil(60 * SECOND_US);

    expect(answers).toEqual([
      { atSeconds: 3, bodies: ['only'] },
      { atSeconds: 10, bodies: [] },
    ]);
  });

  test.each([
    ['waits as its queue says', 20, {}, 20],
    ['does not wait when it says so itself', 20, { WaitTimeSeconds: 0 }, 0],
    ['does not wait by default', 0, {}, 0],
  ])('%s', async (_what, receiveMessageWaitTimeSeconds, input, atSeconds) => {
    const { kernel, answers, receive } = createWorld({ receiveMessageWaitTimeSeconds });

    receive(input);
    await kernel.runUntil(60 * SECOND_US);

    expect(answers).toEqual([{ atSeconds, bodies: [] }]);
  });
});
