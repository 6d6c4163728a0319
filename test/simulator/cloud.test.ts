import { Cloud, NotModelled, type Assembly } from '../../simulator';

const EAST = 'us-east-1';
const WEST = 'us-west-2';

const TABLE = {
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    TableName: 'orders',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    Replicas: [{ Region: EAST }, { Region: WEST }],
  },
};

const assembly: Assembly = {
  stacks: [
    { stackName: 'Data', region: EAST, template: { Resources: { Orders: TABLE } } },
    { stackName: 'Other', region: WEST, template: { Resources: {} } },
  ],
  bundles: new Map(),
};

function createCloud(): Cloud {
  return new Cloud({ assembly, seed: 1 });
}

let written = 0;

/** Writes an item in the east and says whether the west has it a minute later. */
async function isReplicated(cloud: Cloud): Promise<boolean> {
  const id = `item-${written++}`;
  cloud.dynamoDb.execute({
    region: EAST,
    operation: 'PutItem',
    input: { TableName: 'orders', Item: { id: { S: id } } },
  });
  await cloud.runUntil(cloud.kernel.nowUs / 1e6 + 60);
  return [...cloud.dynamoDb.items('orders', WEST)].some((item) => JSON.stringify(item).includes(`"${id}"`));
}

describe('The cloud', () => {
  it.each<[string, (cloud: Cloud) => void, (cloud: Cloud) => void]>([
    ['the region is isolated', (cloud) => cloud.isolateRegion(EAST), (cloud) => cloud.rejoinRegion(EAST)],
    ['the two are partitioned', (cloud) => cloud.partition(EAST, WEST), (cloud) => cloud.repair(EAST, WEST)],
    [
      'replication is paused',
      (cloud) => cloud.pauseReplication(EAST, WEST),
      (cloud) => cloud.resumeReplication(EAST, WEST),
    ],
  ])('replicates nothing while %s, and everything afterwards', async (_what, apply, heal) => {
    const cloud = createCloud();
    const before = await isReplicated(cloud);
    apply(cloud);
    const during = await isReplicated(cloud);
    heal(cloud);
    const after = await isReplicated(cloud);

    expect([before, during, after]).toEqual([true, false, true]);
    expect(cloud.dynamoDb.hasPendingReplication()).toBeUndefined();
  });

  it('replicates again only when the last of several faults is gone', async () => {
    const cloud = createCloud();
    cloud.isolateRegion(EAST);
    cloud.pauseReplication(EAST, WEST);

    cloud.rejoinRegion(EAST);
    const stillPaused = await isReplicated(cloud);
    cloud.resumeReplication(EAST, WEST);

    expect([stillPaused, await isReplicated(cloud)]).toEqual([false, true]);
  });

  it('ends the run by a call of a control plane, and lets one be down like any service', async () => {
    const down = createCloud();
    const select = { service: 'cloudformation', to: WEST };
    down.network.faults.add('down', { select, effect: { kind: 'answer', status: 503, body: '' } });
    const request = {
      method: 'POST',
      host: `cloudformation.${WEST}.amazonaws.com`,
      port: 443,
      path: '/',
      headers: {},
      body: '',
    };
    const answer = down.request(request, 1_000);
    await down.runUntil(2);

    expect((await answer)?.status).toBe(503);

    const up = createCloud();
    void up.request(request, 1_000);
    await expect(up.runUntil(2)).rejects.toThrow(NotModelled);
  });
});
