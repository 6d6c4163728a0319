import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { awsSwitchPlatform } from '../../operations/aws-switch-platform';

const dynamoDb = mockClient(DynamoDBClient);
beforeEach(() => void dynamoDb.reset());

const TABLE = { region: 'us-east-1', tableName: 'tandem-sandbox-regional-state' };
const KEY = { name: 'regulation' };

describe('An update on AWS', () => {
  it('sets what has a value, and names nothing else of the item', async () => {
    await awsSwitchPlatform().updateItem(TABLE, KEY, { override: '{}' });

    expect(dynamoDb.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input)).toEqual([
      {
        TableName: TABLE.tableName,
        Key: { name: { S: 'regulation' } },
        UpdateExpression: 'SET #override = :override',
        ExpressionAttributeNames: { '#override': 'override' },
        ExpressionAttributeValues: { ':override': { S: '{}' } },
      },
    ]);
  });

  it('takes away what is undefined, without an empty list of values, which DynamoDB refuses', async () => {
    await awsSwitchPlatform().updateItem(TABLE, KEY, { override: undefined });

    const { input } = dynamoDb.commandCalls(UpdateItemCommand)[0]!.args[0];
    expect(input).toMatchObject({ UpdateExpression: 'REMOVE #override' });
    expect(input).not.toHaveProperty('ExpressionAttributeValues');
  });

  it('tells that the table did not take it', async () => {
    dynamoDb.on(UpdateItemCommand).rejects(new Error('ThrottlingException'));

    await expect(awsSwitchPlatform().updateItem(TABLE, KEY, { override: '{}' })).rejects.toThrow('ThrottlingException');
  });
});
