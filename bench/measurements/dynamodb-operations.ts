import { BenchCloud } from '../bench-cloud';
import { medianElapsed, timedBatches } from '../elapsed';
import type { Figure } from '../figure';

const BATCH = 20_000;
/** So many in a second of virtual time: a table of the model does not sustain a batch at once. */
const OPERATIONS_A_SECOND = 1_000;

type Input = Parameters<BenchCloud['cloud']['dynamoDb']['execute']>[0]['input'];

/** The model of DynamoDB alone: input as JSON in, output as JSON out, without SDK, signature or network. */
export async function dynamoDbOperations(): Promise<readonly Figure[]> {
  const bench = new BenchCloud();
  const figures: Figure[] = [];
  let second = 0;
  for (const [operation, inputFor] of Object.entries(OPERATIONS)) {
    let ordinal = 0;
    const run = async (): Promise<void> => {
      for (let done = 0; done < BATCH; done++) {
        const input = { TableName: bench.tableName, ...inputFor(`order-${ordinal++ % 1_000}`) };
        bench.cloud.dynamoDb.execute({ region: bench.region, operation, input });
        if (ordinal % OPERATIONS_A_SECOND === 0) await bench.cloud.runUntil(++second);
      }
    };
    await run();
    const { wallMs, cpuMs } = medianElapsed(await timedBatches(5, run), BATCH);
    figures.push({ title: `DynamoDB model, ${operation}`, unit: 'µs', value: wallMs * 1000, cpu: cpuMs * 1000 });
  }
  return figures;
}

const OPERATIONS: Readonly<Record<string, (orderId: string) => Input>> = {
  PutItem: (orderId) => ({
    Item: {
      orderId: { S: orderId },
      customerId: { S: 'customer-17' },
      amount: { N: '4250' },
      currency: { S: 'USD' },
      deadlineAt: { N: '1772442015000' },
      status: { S: 'PENDING' },
    },
    ConditionExpression: 'attribute_not_exists(orderId) OR customerId = :customer',
    ExpressionAttributeValues: { ':customer': { S: 'customer-17' } },
  }),
  UpdateItem: (orderId) => ({
    Key: { orderId: { S: orderId } },
    UpdateExpression: 'SET attempts = if_not_exists(attempts, :zero) + :one, #status = :status',
    ConditionExpression: 'attribute_exists(orderId) AND amount > :zero',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' }, ':status': { S: 'PENDING' } },
  }),
  GetItem: (orderId) => ({ Key: { orderId: { S: orderId } }, ConsistentRead: true }),
  Query: (orderId) => ({
    KeyConditionExpression: 'orderId = :id',
    ExpressionAttributeValues: { ':id': { S: orderId } },
  }),
};
