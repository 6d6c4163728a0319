import { Readable } from 'node:stream';
import * as dns from 'node:dns/promises';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { evacuate, parseDeployment, type SwitchPlatform } from '../../operations';
import { awsSwitchPlatform } from '../../operations/aws-switch-platform';
import { outputs, PRIMARY, STANDBY } from './switch-world';

jest.mock('node:dns/promises', () => ({
  Resolver: jest.fn(),
  resolve4: jest.fn(),
}));

Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });

interface Call {
  readonly host: string;
  readonly operation: string;
  readonly body: string;
}

const calls: Call[] = [];
const items = new Map<string, unknown>();
const down = new Set<string>();
const asked: { readonly servers: string[]; readonly name: string }[] = [];

beforeEach(() => {
  calls.length = 0;
  asked.length = 0;
  items.clear();
  down.clear();
  jest.spyOn(NodeHttpHandler.prototype, 'handle').mockImplementation(async (request) => {
    const operation = request.headers['x-amz-target']?.split('.')[1] ?? `GET ${request.path}`;
    const call = { host: request.hostname, operation, body: textOf(request.body) };
    calls.push(call);
    if (down.has(call.host)) throw Object.assign(new Error('unreachable'), { name: 'TimeoutError' });
    const { status, body } = answer(call);
    return { response: { statusCode: status, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(body))]) } };
  });
  jest.mocked(dns.resolve4 as (name: string) => Promise<string[]>).mockImplementation(async (name) => {
    if (name === 'ns-2.example') throw new Error('ENOTFOUND');
    return ['192.0.2.1'];
  });
  jest.mocked(dns.Resolver).mockImplementation((() => {
    const servers: string[] = [];
    return {
      setServers: (given: string[]) => servers.push(...given),
      resolveTxt: async (name: string) => {
        asked.push({ servers, name });
        return [[items.size > 0 ? STANDBY : PRIMARY]];
      },
    };
  }) as never);
});

// The SDK's own bodies warn when they are used as the text they also are.
const textOf = (body: unknown): string =>
  body instanceof Uint8Array ? Buffer.copyBytesFrom(body).toString('utf8') : '';

/** What the health APIs, DynamoDB and SQS of both regions would say. */
function answer({ host, operation, body }: Call): { status: number; body: unknown } {
  if (operation.endsWith('/ready')) return { status: 200, body: { state: 'ready' } };
  if (operation.includes('/switch/')) return { status: items.size > 0 ? 200 : 404, body: {} };
  if (operation === 'GetQueueAttributes')
    return { status: 200, body: { Attributes: { ApproximateNumberOfMessages: '7' } } };
  const { Item, Key } = JSON.parse(body) as { Item?: { name: { S: string } }; Key?: { name?: { S: string } } };
  if (operation === 'PutItem') items.set(`${host} ${Item!.name.S}`, Item);
  const found = Key?.name === undefined ? undefined : items.get(`${host} ${Key.name.S}`);
  return { status: 200, body: found === undefined ? {} : { Item: found } };
}

const deployment = parseDeployment(outputs());
/** Time is not waited for, and nothing is told. */
const platform = (): SwitchPlatform => ({
  ...awsSwitchPlatform(deployment),
  sleep: () => Promise.resolve(),
  say: () => undefined,
});

describe('The switch on AWS', () => {
  it('calls nothing but the health APIs, DynamoDB and SQS of the two regions, and the name servers of the zone', async () => {
    const outcome = await evacuate({ platform: platform(), deployment, region: PRIMARY, isConfirmed: true });

    expect(outcome).toBe('done');
    expect([...new Set(calls.map(({ host }) => host))].sort()).toEqual([
      'dynamodb.us-east-1.amazonaws.com',
      'dynamodb.us-west-2.amazonaws.com',
      'health.execute-api.us-east-1.amazonaws.com',
      'health.execute-api.us-west-2.amazonaws.com',
      'sqs.us-east-1.amazonaws.com',
      'sqs.us-west-2.amazonaws.com',
    ]);
    expect(
      new Set(calls.filter(({ operation }) => !operation.startsWith('GET ')).map(({ operation }) => operation)),
    ).toEqual(new Set(['GetItem', 'GetQueueAttributes', 'PutItem']));
    expect(asked).toContainEqual({ servers: ['192.0.2.1'], name: '_region.api.tandem.example' });
  });

  it('evacuates us-east-1 while nothing in us-east-1 answers, control planes included', async () => {
    for (const service of ['dynamodb', 'sqs', 'health.execute-api']) down.add(`${service}.us-east-1.amazonaws.com`);

    const outcome = await evacuate({ platform: platform(), deployment, region: PRIMARY, isConfirmed: true });

    expect(outcome).toBe('done');
    expect([...items.keys()]).toEqual(['dynamodb.us-west-2.amazonaws.com evacuation#us-east-1']);
    const hosts = calls.map(({ host }) => host);
    expect(hosts.filter((host) => !down.has(host) && !host.includes('us-west-2'))).toEqual([]);
  });

  it('writes and reads an item as plain values, and reads consistently', async () => {
    const table = { region: STANDBY, tableName: 'tandem-sandbox-regional-state' };
    const item = { name: 'evacuation#us-east-1', evacuated: true, changedAt: 1_900_000_000_000, reason: 'drill' };

    await platform().writeItem(table, item);

    expect(await platform().readItem(table, { name: 'evacuation#us-east-1' })).toEqual(item);
    expect(await platform().readItem(table, { name: 'evacuation#us-west-2' })).toBeUndefined();
    expect(JSON.parse(calls.at(-1)!.body)).toMatchObject({ ConsistentRead: true });
  });

  it('tries a region that does not answer twice, and no longer', async () => {
    down.add('dynamodb.us-east-1.amazonaws.com');
    const table = { region: PRIMARY, tableName: 'tandem-sandbox-regional-state' };

    await expect(platform().readItem(table, { name: 'x' })).rejects.toThrow('unreachable');

    expect(calls).toHaveLength(2);
  });

  it('counts messages, and takes silence of a health API for no answer', async () => {
    down.add('health.execute-api.us-east-1.amazonaws.com');

    expect(await platform().countMessages(PRIMARY, deployment.regions[1].workQueueUrl)).toBe(7);
    expect(await platform().httpGet('health.execute-api.us-east-1.amazonaws.com', '/x/ready')).toBeUndefined();
  });

  it('asks the resolver of the system for a zone that is delegated', async () => {
    await awsSwitchPlatform().resolveText('_region.api.tandem.example');
    expect(asked).toEqual([{ servers: [], name: '_region.api.tandem.example' }]);
  });

  it('takes no answer for a no when there is nobody to ask', async () => {
    const log = jest.spyOn(console, 'log').mockReturnValue();
    expect(await awsSwitchPlatform().ask('Go on?')).toBe(false);
    expect(log.mock.calls[0]![0]).toContain('add --yes');
    log.mockRestore();
  });
});
