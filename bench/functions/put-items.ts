import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDb } from '../../lambdas/shared/clients';

const dynamoDb = createDynamoDb();

/** Puts so many items of the size of an order, one after the other, with the client that the services have. */
export async function handler({ count }: { readonly count: number }): Promise<void> {
  for (let ordinal = 0; ordinal < count; ordinal++) {
    await dynamoDb.send(
      new PutItemCommand({
        TableName: process.env['TABLE_NAME'],
        Item: {
          orderId: { S: `order-${ordinal}` },
          customerId: { S: 'customer-17' },
          amount: { N: '4250' },
          currency: { S: 'USD' },
          bodyHash: { S: '5f463553c052406ad3746f9c932430326020989f2a6c2809e65f349b691a1023' },
          acceptedAt: { N: '1772442000000' },
          deadlineAt: { N: '1772442015000' },
          status: { S: 'PENDING' },
        },
        ConditionExpression: 'attribute_not_exists(orderId) OR bodyHash = :hash',
        ExpressionAttributeValues: {
          ':hash': { S: '5f463553c052406ad3746f9c932430326020989f2a6c2809e65f349b691a1023' },
        },
      }),
    );
  }
}
