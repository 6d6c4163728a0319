import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { cleanEnvironment } from '../clean-environment';
import { medianElapsed, timedBatches } from '../elapsed';
import { milliseconds, type Figure } from '../figure';

// dynalite has no type declarations.
// eslint-disable-next-line typescript/no-require-imports
const createServer = require('dynalite') as (options: object) => Server;

const TABLE_NAME = 'bench';
const BATCH = 200;
const WARM_UP_BATCHES = 10;

/** The same function as in `sdk-call`, against an emulator of DynamoDB that listens on the loopback interface. */
export async function dynalite(): Promise<readonly Figure[]> {
  const server = createServer({ createTableMs: 0 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    cleanEnvironment({ TABLE_NAME, AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}` });
    await createTable();
    const { handler } = await import('../functions/put-items');
    const call = (): Promise<void> => handler({ count: BATCH });
    await timedBatches(WARM_UP_BATCHES, call);
    return [milliseconds('The same SDK call to dynalite, hot', medianElapsed(await timedBatches(9, call), BATCH))];
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function createTable(): Promise<void> {
  const client = new DynamoDBClient({});
  await client.send(
    new CreateTableCommand({
      TableName: TABLE_NAME,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'orderId', AttributeType: 'S' }],
    }),
  );
  await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 10 }, { TableName: TABLE_NAME });
  client.destroy();
}
