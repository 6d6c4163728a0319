import type { Stack } from '../../../simulator/assembly/assembly';
import { Cloud } from '../../../simulator/cloud';
import type { JsonObject } from '../../../simulator/services/aws-service';

const EAST = 'us-east-1';
const WEST = 'us-west-2';
const ROLE = 'arn:aws:iam::123456789012:role/reader';

function deploy(changes: JsonObject = {}): Cloud {
  const table: JsonObject = {
    TableName: 'orders',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    MultiRegionConsistency: 'STRONG',
    GlobalTableWitnesses: [{ Region: 'us-east-2' }],
    Replicas: [{ Region: WEST }, { Region: EAST }],
    ...changes,
  };
  const stack = (region: string, Resources: Stack['template']['Resources']): Stack => ({
    stackName: `Stack-${region}`,
    region,
    template: { Resources },
  });
  const stacks = [stack(EAST, { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: table } }), stack(WEST, {})];
  const cloud = new Cloud({ assembly: { stacks, bundles: new Map() }, seed: 1 });
  cloud.iam.addPrincipal(ROLE);
  cloud.iam.attachPolicy(ROLE, { Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }] });
  return cloud;
}

async function put(cloud: Cloud, region: string, state: string) {
  const { accessKeyId } = cloud.iam.credentialsOf(ROLE);
  const startUs = cloud.kernel.nowUs;
  let endUs = 0;
  const answer = cloud
    .request(
      {
        method: 'POST',
        host: `dynamodb.${region}.amazonaws.com`,
        port: 443,
        path: '/',
        headers: {
          'x-amz-target': 'DynamoDB_20120810.PutItem',
          authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260302/${region}/dynamodb/aws4_request, SignedHeaders=host`,
        },
        body: JSON.stringify({ TableName: 'orders', Item: { id: { S: 'a' }, state: { S: state } } }),
      },
      5000,
      region,
    )
    .then((response) => {
      endUs = cloud.kernel.nowUs;
      return response!;
    });
  await cloud.runUntil(cloud.kernel.nowUs / 1e6 + 6);
  return { response: await answer, durationMs: (endUs - startUs) / 1000 };
}

test('a call takes its round trip between the request and the reply, and a fault is answered like any other', async () => {
  const cloud = deploy();

  const whole = await put(cloud, WEST, 'first');
  cloud.isolateRegion(WEST);
  const isolated = await put(cloud, WEST, 'second');
  const other = await put(cloud, EAST, 'third');
  cloud.rejoinRegion(WEST);
  const rejoined = await put(cloud, WEST, 'fourth');

  expect([whole, isolated, other, rejoined].map(({ response }) => response.status)).toEqual([200, 500, 200, 200]);
  expect(JSON.parse(isolated.response.body)).toMatchObject({ __type: expect.stringMatching(/#InternalServerError$/) });
  expect(whole.durationMs).toBeGreaterThan(30);
  expect(cloud.dynamoDb.replicaDifferences('orders')).toEqual([]);
});

test('the replication of one table can be paused, in each direction, and goes on', async () => {
  const cloud = deploy({ MultiRegionConsistency: 'EVENTUAL', GlobalTableWitnesses: [] });
  cloud.pauseReplication(EAST, WEST, 'orders');
  await put(cloud, EAST, 'first');
  const paused = cloud.dynamoDb.replicaDifferences('orders');

  cloud.resumeReplication(EAST, WEST, 'orders');
  await cloud.runUntil(60);

  expect(paused).toHaveLength(1);
  expect(cloud.dynamoDb.replicaDifferences('orders')).toEqual([]);
});

test.each<[JsonObject, RegExp]>([
  [{ GlobalTableWitnesses: [] }, /needs three replicas, or two and a witness/],
  [{ TimeToLiveSpecification: { AttributeName: 'expiry', Enabled: true } }, /Time to Live is not supported/],
  [{ LocalSecondaryIndexes: [] }, /Property AWS::DynamoDB::GlobalTable\.LocalSecondaryIndexes/],
  [{ MultiRegionConsistency: 'SOMETIMES' }, /MultiRegionConsistency SOMETIMES is not modelled/],
])('a template is refused with %j', (changes, message) => {
  expect(() => deploy(changes)).toThrow(message);
});
