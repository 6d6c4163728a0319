import { CostError, costMarkdown, costText, monthlyCost } from '../../../operations';
import type { CloudAssembly } from '../../../operations';
import { PRICES, type Price } from '../../../operations/cost/prices';
import { assemblyOf, planted } from '../synthesized-assembly';

const STANDARD = assemblyOf();
const LEAN = assemblyOf({ 'tandem:footprint': 'lean' });
const DOMAIN = {
  'tandem:domainName': 'orders.example.com',
  'tandem:zoneName': 'example.com',
  'tandem:hostedZoneId': 'Z0123456789ABCDEFGHIJ',
};

const IDLE_DOLLARS_MAX = { standard: 50, lean: 25 };

/** Dollars of all lines of that service whose item holds the text. */
const dollarsOf = (assembly: CloudAssembly, service: string, item = '', ordersPerSecond = 0): number =>
  monthlyCost(assembly, ordersPerSecond)
    .lines.filter((line) => line.service === service && line.item.includes(item))
    .reduce((sum, { dollars }) => sum + dollars, 0);

describe('The idle cost', () => {
  test('of both regions and the witness is within its bar, as it comes and lean', () => {
    expect(monthlyCost(STANDARD).dollars).toBeLessThanOrEqual(IDLE_DOLLARS_MAX.standard);
    expect(monthlyCost(LEAN).dollars).toBeLessThanOrEqual(IDLE_DOLLARS_MAX.lean);
  });

  test('would miss the bar with every look steady', () => {
    const steady = assemblyOf({ 'tandem:routing': 'latency', 'tandem:automation': 'on' });
    expect(monthlyCost(steady).dollars).toBeGreaterThan(IDLE_DOLLARS_MAX.standard);
  });

  test.each([
    ['custom domain', DOMAIN],
    ['strong consistency', { 'tandem:consistency': 'strong' }],
    ['automation', { 'tandem:automation': 'on' }],
    ['tokens', { 'tandem:jwtIssuer': 'https://issuer.example', 'tandem:jwtAudience': 'orders' }],
    ['the stage full', { 'tandem:stage': 'full', 'tandem:healthPath': 'test-5c9b7a61d84e3520' }],
  ])('can be told of a configuration with %s', (_, changes) => {
    expect(monthlyCost(assemblyOf(changes)).dollars).toBeGreaterThan(30);
  });

  test('counts checkers by interval and regions, with their optional features', () => {
    // Four checks over HTTPS, one of them every ten seconds, and two calculated ones.
    expect(dollarsOf(STANDARD, 'Route 53', 'health check')).toBeCloseTo(6 * 0.5 + (4 + 1) * 1, 6);
    // 6 checkers every 10 s ask the primary and every 30 s the standby, each 6 every 30 s for its switch; the observer asks
    // both 2 x 4 times a minute.
    const requests = (6 / 10 + 3 * (6 / 30)) * 730 * 3600 + 2 * 2 * 4 * 730 * 60;
    expect(dollarsOf(STANDARD, 'API Gateway', 'health')).toBeCloseTo(requests / 1e6, 6);
  });

  test('counts a check of a host that is none of ours as a check of somebody else', () => {
    const foreign = planted(STANDARD, 'Routing', {
      Foreign: {
        Type: 'AWS::Route53::HealthCheck',
        Properties: {
          HealthCheckConfig: {
            Type: 'HTTPS_STR_MATCH',
            FullyQualifiedDomainName: 'www.example.org',
            RequestInterval: 10,
          },
        },
      },
    });
    expect(monthlyCost(foreign).dollars - monthlyCost(STANDARD).dollars).toBeCloseTo(0.75 + 3 * 2, 6);
  });

  test('counts what waits: the time of the steady probe and the long polls of an empty queue', () => {
    expect(dollarsOf(STANDARD, 'Lambda', 'probe: time')).toBeGreaterThan(
      10 * dollarsOf(LEAN, 'Lambda', 'observer: time'),
    );
    expect(dollarsOf(STANDARD, 'SQS', 'polling')).toBeCloseTo((2 * 5 * 3 * 60 * 730 * 0.4) / 1e6, 6);
  });

  test('counts a dashboard, and an alarm by the metrics that it looks at', () => {
    const metric = (Period: number) => ({ Id: 'a', MetricStat: { Period, Stat: 'Sum' } });
    const more = planted(STANDARD, 'Observability-witness', {
      Board: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{}' } },
      Fast: { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: 10 } },
      Math: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: 'a' }, metric(60), metric(60)] } },
    });
    expect(monthlyCost(more).dollars - monthlyCost(STANDARD).dollars).toBeCloseTo(3 + 0.3 + 0.2, 6);
  });
});

describe('The cost with traffic', () => {
  test('grows with the orders, by the same amount for each', () => {
    const [idle, one, four] = [0, 1, 4].map((orders) => monthlyCost(STANDARD, orders).dollars) as [
      number,
      number,
      number,
    ];
    // Custom series that only orders publish, and queries of DNS, come with the first.
    expect(one).toBeGreaterThan(idle + 20);
    expect((four - one) / 3).toBeLessThan(one - idle);
    expect((four - one) / 3).toBeGreaterThan(20);
  });

  test('writes every order to both replicas, and to their indexes', () => {
    const anOrderPerSecond = 730 * 3600;
    const more = dollarsOf(STANDARD, 'DynamoDB', 'writes', 1) - dollarsOf(STANDARD, 'DynamoDB', 'writes');
    const units = 2 * (1 + 2.5) + 2 * (2 + 2) + 0.4 + 1;
    expect(more).toBeCloseTo((anOrderPerSecond * units * PRICES.dynamoDbWrite.dollars) / 1e6, 4);
  });
});

describe('What cannot be priced', () => {
  const failure = (assembly: CloudAssembly): string => {
    try {
      return String(monthlyCost(assembly).dollars);
    } catch (error) {
      expect(error).toBeInstanceOf(CostError);
      return (error as Error).message;
    }
  };

  test.each([
    [
      'a NAT gateway',
      { Type: 'AWS::EC2::NatGateway', Properties: {} },
      'AWS::EC2::NatGateway (Planted of Tandem-sandbox-Witness)',
    ],
    ['a key', { Type: 'AWS::KMS::Key' }, 'AWS::KMS::Key'],
    [
      'a function nobody knows',
      { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'mine' } },
      'none of the services',
    ],
    [
      'a schedule of another kind',
      { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(0 0 * * ? *)', Targets: [{ Arn: 'x' }] } },
      'cron(0 0 * * ? *)',
    ],
  ])('is refused by name: %s', (_, resource, expected) => {
    expect(failure(planted(STANDARD, 'Witness', { Planted: resource }))).toContain(expected);
  });

  test('is refused when a function looks at an unknown rhythm', () => {
    const observer = STANDARD.stacks.find(({ stackName }) => stackName.endsWith('Observer'))!;
    const [id, resource] = Object.entries(observer.resources).find(([, { Type }]) => Type === 'AWS::Lambda::Function')!;
    const silent = { ...resource, Properties: { ...resource.Properties, Environment: { Variables: {} } } };
    expect(failure(planted(STANDARD, 'Observer', { [id]: silent }))).toContain('no RHYTHM');
  });
});

describe('The page', () => {
  const cost = monthlyCost(STANDARD);

  test.each([
    ['text', costText(cost)],
    ['Markdown', costMarkdown(cost)],
  ])('says as %s what it comes to, where, what dominates it, the levers and what was supposed', (_, page) => {
    const parts = ['$' + cost.dollars.toFixed(2), cost.pricesAsOf, 'us-east-2', 'CloudWatch', 'What dominates it'];
    for (const part of [...parts, 'tandem:footprint=lean', 'endpoints of AWS']) expect(page).toContain(part);
  });

  test('says which region is not in the price list', () => {
    const european = assemblyOf({ 'tandem:primaryRegion': 'eu-west-1' });
    expect(costText(monthlyCost(european))).toContain('eu-west-1 is not in the price list');
  });

  test('has the same total in its lines as in its head', () => {
    expect(cost.lines.reduce((sum, { dollars }) => sum + dollars, 0)).toBeCloseTo(cost.dollars, 9);
  });
});

describe('The price list', () => {
  test('says for every price where AWS says so', () => {
    for (const [name, { dollars, per, source }] of Object.entries(PRICES)) {
      expect([name, dollars > 0, per > 0, source.startsWith('https://aws.amazon.com/')]).toEqual([
        name,
        true,
        true,
        true,
      ]);
    }
  });
});

describe('The price list', () => {
  test('says of each price where AWS has it, and on whose page it was read', () => {
    for (const { source, readAt } of Object.values<Price>(PRICES)) {
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
      expect(readAt.url).toMatch(/^https:\/\//);
    }
  });
});
