import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { Kernel } from '../../../simulator/kernel/kernel';
import { AwsFault, type JsonObject } from '../../../simulator/services/aws-service';
import { DynamoDb } from '../../../simulator/services/dynamodb';
import { HASH_TABLE } from './tables';

const REGION = 'us-east-1';

/** The SDK, with the model in place of the network. */
function createClient(): DynamoDBClient {
  const service = new DynamoDb(new Kernel({ seed: 1 }), { accountId: '123456789012' });
  service.createTable(HASH_TABLE);
  const handle = async (request: { headers: Record<string, string>; body: Uint8Array }) => {
    const operation = request.headers['x-amz-target']!.split('.')[1]!;
    const input = JSON.parse(new TextDecoder().decode(request.body)) as JsonObject;
    try {
      return { response: respond(200, service.execute({ region: REGION, operation, input })) };
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      const type = `com.amazonaws.dynamodb.v20120810#${error.code}`;
      return { response: respond(error.httpStatus, { __type: type, message: error.message, ...error.fields }) };
    }
  };
  return new DynamoDBClient({
    region: REGION,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: { handle } as never,
  });
}

function respond(statusCode: number, body: JsonObject): object {
  return {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.from(JSON.stringify(body)),
  };
}

const ITEM = { pk: { S: 'a' }, bytes: { B: new Uint8Array([1, 2, 255]) }, n: { N: '1' } };

test('the SDK reads back what it has written, bytes included', async () => {
  const client = createClient();

  await client.send(new PutItemCommand({ TableName: 'hash', Item: ITEM }));
  const { Item: item } = await client.send(new GetItemCommand({ TableName: 'hash', Key: { pk: { S: 'a' } } }));

  expect(item).toEqual(ITEM);
});

test('the SDK recognises a failed condition and the item that comes with it', async () => {
  const client = createClient();
  await client.send(new PutItemCommand({ TableName: 'hash', Item: ITEM }));

  const put = client.send(
    new PutItemCommand({
      TableName: 'hash',
      Item: { pk: { S: 'a' } },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );

  await expect(put).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  await expect(put).rejects.toMatchObject({ Item: ITEM });
});

test('the SDK recognises why a transaction was cancelled', async () => {
  const client = createClient();
  const put = (id: string, ConditionExpression: string) => ({
    Put: { TableName: 'hash', Item: { pk: { S: id } }, ConditionExpression },
  });

  const transaction = client.send(
    new TransactWriteItemsCommand({
      TransactItems: [put('a', 'attribute_not_exists(pk)'), put('b', 'attribute_exists(pk)')],
    }),
  );

  await expect(transaction).rejects.toBeInstanceOf(TransactionCanceledException);
  await expect(transaction).rejects.toMatchObject({
    CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
  });
});
