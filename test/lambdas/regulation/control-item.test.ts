import { NOW } from '../surroundings';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { createControlStore } from '../../../lambdas/shared/regulation/control-item';
import type { RegulationCounters } from '../../../lambdas/shared/regulation/regulation-state';

const dynamoDb = mockClient(DynamoDBClient);
const NOTHING: RegulationCounters = {
  offered: [0, 0, 0],
  passed: [0, 0, 0],
  admitted: [0, 0, 0],
  decided: 0,
  busyMs: 0,
  unanswered: 0,
};

describe('The control item', () => {
  beforeEach(() => {
    dynamoDb.reset();
    dynamoDb.on(UpdateItemCommand).resolves({ Attributes: { pressedUntil: { N: String(NOW) } } });
  });
  const sent = () => dynamoDb.commandCalls(UpdateItemCommand)[0]!.args[0].input;

  test('is read, not written, by counts that are all zero: DynamoDB refuses empty names', async () => {
    const item = await createControlStore().flush(NOTHING, undefined);

    expect(item.pressedUntil).toBe(NOW);
    expect(sent()).not.toHaveProperty('ExpressionAttributeNames');
    expect(sent()).not.toHaveProperty('UpdateExpression');
  });

  test('is added to by what was counted', async () => {
    await createControlStore().flush({ ...NOTHING, decided: 2 }, undefined);

    expect(sent().UpdateExpression).toMatch(/^ADD #\w+ :\w+$/);
    expect(Object.values(sent().ExpressionAttributeNames ?? {})).toEqual(['decided']);
  });
});
