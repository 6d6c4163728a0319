import {
  QueueDoesNotExist,
  SQSClient,
  SendMessageBatchCommand,
  SendMessageCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { Kernel } from '../../../simulator/kernel/kernel';
import { AwsFault, type JsonObject } from '../../../simulator/services/aws-service';
import { queryErrorHeader, Sqs } from '../../../simulator/services/sqs';

const REGION = 'us-east-1';

/** The SDK, with the model in place of the network. */
function createClient(): { readonly client: SQSClient; readonly url: string } {
  const service = new Sqs(new Kernel({ seed: 1 }), { accountId: '123456789012' });
  const { url } = service.createQueue({ region: REGION, queueName: 'work' });
  const handle = async (request: { headers: Record<string, string>; body: Uint8Array }) => {
    const operation = request.headers['x-amz-target']!.split('.')[1]!;
    try {
      const output = service.execute({ region: REGION, operation, input: parse(request.body) });
      return { response: respond(200, {}, output) };
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      const body = { __type: `com.amazonaws.sqs#${error.code}`, message: error.message };
      return { response: respond(error.httpStatus, { 'x-amzn-query-error': queryErrorHeader(error.code) }, body) };
    }
  };
  const client = new SQSClient({
    region: REGION,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: { handle } as never,
  });
  return { client, url };
}

function parse(body: Uint8Array): JsonObject {
  return JSON.parse(new TextDecoder().decode(body)) as JsonObject;
}

function respond(statusCode: number, headers: Record<string, string>, body: JsonObject): object {
  return {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}

test('the SDK accepts the digests of what it sends and receives', async () => {
  const { client, url } = createClient();

  await client.send(
    new SendMessageCommand({
      QueueUrl: url,
      MessageBody: 'grüße \u{1F600}',
      MessageAttributes: { trace: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) } },
    }),
  );
  await client.send(
    new SendMessageBatchCommand({
      QueueUrl: url,
      Entries: [
        { Id: 'a', MessageBody: 'one' },
        { Id: 'b', MessageBody: 'two' },
      ],
    }),
  );
  const { Messages: messages } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );

  expect(messages?.map(({ Body }) => Body).sort()).toEqual(['grüße \u{1F600}', 'one', 'two'].sort());
  const withAttributes = messages?.find(({ MessageAttributes }) => MessageAttributes !== undefined);
  expect(withAttributes?.MessageAttributes?.trace?.BinaryValue).toEqual(new Uint8Array([1, 2, 3]));
});

test('the SDK recognises the exception for a queue that is not there', async () => {
  const { client, url } = createClient();

  const send = client.send(new SendMessageCommand({ QueueUrl: `${url}-other`, MessageBody: 'msg' }));

  await expect(send).rejects.toBeInstanceOf(QueueDoesNotExist);
  await expect(send).rejects.toMatchObject({ Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue' } });
});
