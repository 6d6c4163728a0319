import { Kernel } from '../../../simulator/kernel/kernel';
import { Resolver, type DnsAnswer, type ResolverOptions } from '../../../simulator/services/route53';

const SECOND_US = 1_000_000;
const ELSEWHERE: DnsAnswer = { status: 'REFUSED', values: [], ttlSeconds: 0 };

interface World {
  readonly kernel: Kernel;
  readonly resolver: Resolver;
  readonly records: Record<string, DnsAnswer>;
  readonly questions: string[];
}

function world(options: Partial<ResolverOptions> = {}): World {
  const kernel = new Kernel({ seed: 1 });
  const questions: string[] = [];
  const records: Record<string, DnsAnswer> = {
    'orders.example CNAME': { status: 'NOERROR', values: ['east.example'], ttlSeconds: 10, setIdentifier: 'east' },
    'east.example CNAME': { status: 'NOERROR', values: ['abc.execute-api.us-east-1.amazonaws.com'], ttlSeconds: 60 },
    'nothing.example CNAME': { status: 'NXDOMAIN', values: [], ttlSeconds: 900 },
    'apex.example CNAME': { status: 'NOERROR', values: [], ttlSeconds: 900 },
    'apex.example A': { status: 'NOERROR', values: ['d-1.execute-api.eu-west-1.amazonaws.com'], ttlSeconds: 60 },
    'text.example CNAME': { status: 'NOERROR', values: [], ttlSeconds: 900 },
    'text.example A': { status: 'NOERROR', values: [], ttlSeconds: 900 },
    'loop.example CNAME': { status: 'NOERROR', values: ['loop.example'], ttlSeconds: 10 },
  };
  const answer = (name: string, type: string): DnsAnswer => {
    questions.push(`${name} ${type}`);
    return records[`${name} ${type}`] ?? ELSEWHERE;
  };
  return { kernel, resolver: new Resolver(kernel, { answer, ...options }), records, questions };
}

describe('a resolver', () => {
  test('follows names to the host to connect to, and says which record set led there', () => {
    const { resolver } = world();

    expect(resolver.resolveHost('Orders.example.')).toEqual({
      host: 'abc.execute-api.us-east-1.amazonaws.com',
      setIdentifier: 'east',
    });
  });

  test('takes a name that nobody here answers for as the host itself', () => {
    const { resolver } = world();

    expect(resolver.resolveHost('abc.execute-api.us-east-1.amazonaws.com')).toEqual({
      host: 'abc.execute-api.us-east-1.amazonaws.com',
    });
  });

  test('stops at an A record, whose value is the endpoint', () => {
    const { resolver } = world();

    expect(resolver.resolveHost('apex.example')).toEqual({ host: 'd-1.execute-api.eu-west-1.amazonaws.com' });
    expect(resolver.resolveHost('text.example')).toBeUndefined();
  });

  test('finds nothing at a name that does not exist, nor in a loop', () => {
    const { resolver } = world();

    expect(resolver.resolveHost('nothing.example')).toBeUndefined();
    expect(resolver.resolveHost('loop.example')).toBeUndefined();
  });

  test('keeps an answer for its TTL and not a moment longer', async () => {
    const { kernel, resolver, records } = world();
    resolver.resolveHost('orders.example');
    records['orders.example CNAME'] = { status: 'NOERROR', values: ['west.api.aws'], ttlSeconds: 10 };

    await kernel.runUntil(10 * SECOND_US - 1);
    const before = resolver.resolveHost('orders.example')?.host;
    await kernel.runUntil(10 * SECOND_US);
    const after = resolver.resolveHost('orders.example')?.host;

    expect([before, after]).toEqual(['abc.execute-api.us-east-1.amazonaws.com', 'west.api.aws']);
  });

  test('can pin answers beyond their TTL', async () => {
    const { kernel, resolver, records } = world({ pinSeconds: 300 });
    resolver.resolveHost('orders.example');
    records['orders.example CNAME'] = { status: 'NOERROR', values: ['west.api.aws'], ttlSeconds: 10 };

    await kernel.runUntil(299 * SECOND_US);
    const before = resolver.resolveHost('orders.example')?.host;
    await kernel.runUntil(300 * SECOND_US);
    const after = resolver.resolveHost('orders.example')?.host;

    expect([before, after]).toEqual(['abc.execute-api.us-east-1.amazonaws.com', 'west.api.aws']);
  });

  test('asks once for what it knows', () => {
    const { resolver, questions } = world();

    resolver.resolveHost('orders.example');
    resolver.resolveHost('ORDERS.example');

    expect(questions.filter((question) => question === 'orders.example CNAME')).toHaveLength(1);
  });
});
