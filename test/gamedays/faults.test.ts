import { applyFault, faultTitle, healFault, type FaultStep, type FaultWorld } from '../../gamedays/faults';
import { Cloud } from '../../simulator';

const regions = { primary: 'us-east-1', standby: 'us-west-2', witness: 'us-east-2' };
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:work';

/** A cloud with a queue and a replicated table, which is all that faults without a network can be seen by. */
function createWorld(): FaultWorld {
  const stacks = Object.values(regions).map((region) => ({
    stackName: region,
    region,
    template: { Resources: {} },
  }));
  const cloud = new Cloud({ assembly: { stacks, bundles: new Map() }, seed: 1 });
  cloud.sqs.createQueue({ region: regions.primary, queueName: 'work' });
  cloud.dynamoDb.createTable({
    tableName: 'orders',
    regions: [regions.primary, regions.standby],
    attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
    keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
  });
  return { cloud, regions, stage: 'sandbox' };
}

type Question = (world: FaultWorld) => boolean;

const isClosed =
  (from: string, to: string): Question =>
  ({ cloud }) =>
    !cloud.network.faults.isOpen(from, to);

const isTouched =
  (kind: string, exchange: { from: string; to: string; service: string; operation: string }): Question =>
  ({ cloud }) =>
    cloud.network.faults.effectsOn(exchange).some((effect) => effect.kind === kind);

const putItem = { from: 'us-east-1', to: 'us-east-1', service: 'dynamodb', operation: 'PutItem' };
const sendMessage = { from: 'us-east-1', to: 'us-east-1', service: 'sqs', operation: 'SendMessage' };
const charge = { from: 'us-west-2', to: 'us-east-2', service: 'execute-api', operation: 'POST /charges' };
const probe = { from: 'eu-west-1', to: 'us-east-1', service: 'execute-api', operation: 'GET /h/ready' };
const during = { fromSeconds: 0, toSeconds: 60 };

const CASES: readonly [FaultStep, Question][] = [
  [{ ...during, fault: 'isolate-region', region: 'primary' }, isClosed('us-east-1', 'internet')],
  [{ ...during, fault: 'partition', between: ['primary', 'standby'] }, isClosed('us-west-2', 'us-east-1')],
  [{ ...during, fault: 'partition', between: ['callers', 'standby'] }, isClosed('us-west-2', 'internet')],
  [{ ...during, fault: 'partition', between: ['witness', 'standby'] }, isClosed('us-west-2', 'us-east-2')],
  [{ ...during, fault: 'lose-replies', region: 'primary', share: 1 }, isTouched('lose-reply', putItem)],
  [{ ...during, fault: 'delay', region: 'primary', delayMs: 9, share: 1 }, isTouched('delay', putItem)],
  [
    { ...during, fault: 'delay', region: 'primary', service: 'sqs', delayMs: 9, share: 1 },
    (world) => isTouched('delay', sendMessage)(world) && !isTouched('delay', putItem)(world),
  ],
  [{ ...during, fault: 'partition-checkers', region: 'primary', checkerRegions: 3 }, isTouched('lose-request', probe)],
  [
    { ...during, fault: 'fail-service', region: 'primary', service: 'dynamodb', answer: 'throttled', share: 1 },
    isTouched('answer', putItem),
  ],
  [
    { ...during, fault: 'fail-service', region: 'primary', service: 'dynamodb', answer: 'executed-and-down', share: 1 },
    isTouched('replace-reply', putItem),
  ],
  [
    { ...during, fault: 'fail-service', region: 'primary', service: 'sqs', answer: 'down', share: 1 },
    isTouched('answer', sendMessage),
  ],
  [{ ...during, fault: 'fail-payments', answer: 'slow', share: 1 }, isTouched('delay', charge)],
  [{ ...during, fault: 'fail-payments', answer: 'down', share: 1 }, isTouched('answer', charge)],
  [{ ...during, fault: 'fail-payments', answer: 'nonsense', share: 1 }, isTouched('answer', charge)],
  [
    { ...during, fault: 'fail-payments', answer: 'executed-and-nonsense', share: 1 },
    isTouched('replace-reply', charge),
  ],
  [
    { ...during, fault: 'fail-control-plane', region: 'primary' },
    (world) => isTouched('answer', { ...putItem, operation: 'DescribeTable' })(world),
  ],
  [{ ...during, fault: 'duplicate-messages', region: 'primary', share: 1 }, isHandedOutTwice],
  [{ ...during, fault: 'pause-replication', from: 'primary' }, isReplicationHeld],
  [{ ...during, fault: 'pause-replication', from: 'both' }, isReplicationHeld],
  [{ ...during, fault: 'lose-metrics', region: 'primary' }, ({ cloud }) => !isMeasured(cloud)],
  [
    { ...during, fault: 'skew-clock', region: 'primary', skewMs: -1_500 },
    ({ cloud }) => cloud.lambda.faults.epochMs('us-east-1') === cloud.kernel.epochMs - 1_500,
  ],
  [
    { ...during, fault: 'kill-environments', region: 'primary', share: 1 },
    ({ cloud }) => cloud.lambda.faults.drawDeathUs('us-east-1', 'intake') !== undefined,
  ],
  [
    { ...during, fault: 'crash-functions', region: 'primary', services: ['intake'], share: 1 },
    ({ cloud }) =>
      cloud.lambda.faults.drawDeathUs('us-east-1', 'tandem-sandbox-intake') !== undefined &&
      cloud.lambda.faults.drawDeathUs('us-east-1', 'tandem-sandbox-query') === undefined,
  ],
];

function isHandedOutTwice({ cloud }: FaultWorld): boolean {
  const url = cloud.sqs.execute({ region: 'us-east-1', operation: 'GetQueueUrl', input: { QueueName: 'work' } });
  const input = { QueueUrl: url.QueueUrl!, MessageBody: 'x' };
  cloud.sqs.execute({ region: 'us-east-1', operation: 'SendMessage', input });
  const held = (): number => [...cloud.sqs.messages(QUEUE)].length;
  const before = held();
  cloud.sqs.receive(QUEUE, 1);
  return held() > before;
}

function isReplicationHeld({ cloud }: FaultWorld): boolean {
  const input = { TableName: 'orders', Item: { id: { S: 'a' } } };
  cloud.dynamoDb.execute({ region: 'us-east-1', operation: 'PutItem', input });
  return cloud.dynamoDb.hasPendingReplication()?.includes('paused') ?? false;
}

function isMeasured(cloud: Cloud): boolean {
  const metric = { namespace: 'Test', name: `At${cloud.kernel.random('test').uint32()}`, dimensions: {} };
  cloud.cloudWatch.put({ ...metric, region: 'us-east-1', value: 1, unit: 'Count' });
  return cloud.cloudWatch.metrics().some(({ name }) => name === metric.name);
}

describe('Every fault', () => {
  it.each(CASES.map(([step, question]) => [JSON.stringify(step), step, question] as const))(
    'is there when it was applied, and gone when it was healed: %s',
    (_text, step, question) => {
      const world = createWorld();
      const answers = [question(world)];
      applyFault(world, step);
      answers.push(question(world));
      healFault(world, step);
      answers.push(question(world));

      expect(answers).toEqual([false, true, false]);
      expect(faultTitle(step).length).toBeGreaterThan(10);
    },
  );

  it('that leaves something behind says so: a poison message stays on the work queue', () => {
    const world = createWorld();
    world.cloud.sqs.createQueue({ region: regions.primary, queueName: 'tandem-sandbox-work' });
    const step = { ...during, fault: 'poison-message', region: 'primary' } as const;

    applyFault(world, step);
    healFault(world, step);

    const messages = [...world.cloud.sqs.messages('arn:aws:sqs:us-east-1:123456789012:tandem-sandbox-work')];
    expect(messages.map(({ body }) => body)).toEqual(['This is not JSON.']);
  });

  it('leaves another of its kind in place when it is healed', () => {
    const world = createWorld();
    const step = { fault: 'lose-replies', region: 'primary', share: 1 } as const;
    applyFault(world, { ...step, ...during });
    applyFault(world, { ...step, fromSeconds: 30, toSeconds: 90 });

    healFault(world, { ...step, ...during });

    expect(isTouched('lose-reply', putItem)(world)).toBe(true);
  });
});
