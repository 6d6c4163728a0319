import { Match, Template } from 'aws-cdk-lib/assertions';
import { CONFIGURATIONS, plainTemplate, resourcesOf, synthesize, type PlainTemplate } from './synthesis';

const DOMAIN_LATENCY = 'domain, eventual, latency';
const STRONG_FAILOVER = 'no domain, strong, failover';

const stacksOf = new Map(Object.entries(CONFIGURATIONS).map(([name, changes]) => [name, synthesize(changes)] as const));
const stacks = (name: string) => stacksOf.get(name)!;

/** A template in which the two regions have lost their names. */
const nameless = (template: PlainTemplate, here: string, there: string): unknown =>
  JSON.parse(JSON.stringify(template).replaceAll(here, 'HERE').replaceAll(there, 'THERE'));

/** One resource of the type has these properties. */
const expectResource = (template: Template, type: string, properties: object): void =>
  template.hasResourceProperties(type, properties);

const records = (name: string): Record<string, unknown>[] =>
  Object.values(resourcesOf(plainTemplate(stacks(name).routing), 'AWS::Route53::RecordSet')).map(
    ({ Properties }) => Properties,
  );

describe.each(Object.keys(CONFIGURATIONS))('Configured with %s', (name) => {
  test('the two regions are built alike', () => {
    const { standby, primary } = stacks(name);
    expect(nameless(plainTemplate(standby), 'us-west-2', 'us-east-1')).toEqual(
      nameless(plainTemplate(primary), 'us-east-1', 'us-west-2'),
    );
  });

  test('no stack depends on one that is deployed after it', () => {
    const { data, witness, standby, primary, routing, observer, observability } = stacks(name);
    const order = [data, witness, standby, primary, routing, observer, ...observability];
    for (const [index, stack] of order.entries()) {
      const later = new Set(order.slice(index + 1).map(({ stackName }) => stackName));
      expect(stack.dependencies.filter(({ stackName }) => later.has(stackName))).toEqual([]);
      // A weak reference names its stack in the template.
      const text = JSON.stringify(plainTemplate(stack));
      expect([...later].filter((stackName) => text.includes(`"${stackName}"`))).toEqual([]);
    }
    // Unless references are written so, the search above can find nothing.
    expect(JSON.stringify(plainTemplate(routing))).toContain(`"${primary.stackName}"`);
  });

  test('every policy record of the service hangs on a health check and may be kept for ten seconds', () => {
    const policies = records(name).filter(({ SetIdentifier }) => SetIdentifier !== undefined);
    expect(policies).toHaveLength(4);
    for (const record of policies) expect(record).toMatchObject({ TTL: '10', HealthCheckId: expect.anything() });
  });
});

describe('Latency routing', () => {
  test('answers with the nearest region, and has no standby that could be found serving', () => {
    const policies = records(DOMAIN_LATENCY).filter(({ SetIdentifier }) => SetIdentifier !== undefined);
    expect(policies.map(({ Region, Failover }) => [Region, Failover])).toEqual([
      ['us-east-1', undefined],
      ['us-east-1', undefined],
      ['us-west-2', undefined],
      ['us-west-2', undefined],
    ]);
    for (const stack of stacks(DOMAIN_LATENCY).observability) {
      expect(JSON.stringify(plainTemplate(stack))).not.toContain('standby-serving');
    }
  });
});

describe('A custom domain', () => {
  const service = Template.fromStack(stacks(DOMAIN_LATENCY).primary);

  test('gives a region the shared name, one of its own and one for its health, under one certificate', () => {
    expectResource(service, 'AWS::CertificateManager::Certificate', {
      DomainName: 'orders.example.com',
      SubjectAlternativeNames: ['us-east-1.orders.example.com', 'health-us-east-1.orders.example.com'],
      ValidationMethod: 'DNS',
    });
    for (const DomainName of [
      'orders.example.com',
      'us-east-1.orders.example.com',
      'health-us-east-1.orders.example.com',
    ]) {
      expectResource(service, 'AWS::ApiGatewayV2::DomainName', {
        DomainName,
        DomainNameConfigurations: [Match.objectLike({ EndpointType: 'REGIONAL' })],
      });
    }
    service.resourceCountIs('AWS::ApiGatewayV2::ApiMapping', 3);
  });

  test('closes the generated hosts, which would bypass the failover', () => {
    const apis = Object.values(resourcesOf(plainTemplate(stacks(DOMAIN_LATENCY).primary), 'AWS::ApiGatewayV2::Api'));
    expect(apis.map(({ Properties }) => Properties['DisableExecuteApiEndpoint'])).toEqual([true, true]);
  });

  test('is checked by the name of each region’s health API, in the zone of the user', () => {
    const routing = Template.fromStack(stacks(DOMAIN_LATENCY).routing);
    routing.resourceCountIs('AWS::Route53::HostedZone', 0);
    for (const [FullyQualifiedDomainName, Inverted] of [
      ['health-us-east-1.orders.example.com', false],
      ['health-us-west-2.orders.example.com', true],
      ['health-us-west-2.orders.example.com', false],
      ['health-us-east-1.orders.example.com', true],
    ]) {
      expectResource(routing, 'AWS::Route53::HealthCheck', {
        HealthCheckConfig: Match.objectLike({ FullyQualifiedDomainName, Inverted }),
      });
    }
    expect(records(DOMAIN_LATENCY).map(({ Name }) => Name)).toEqual(
      expect.arrayContaining([
        'orders.example.com.',
        '_region.orders.example.com.',
        'us-west-2.orders.example.com.',
        'health-us-west-2.orders.example.com.',
      ]),
    );
  });
});

describe('Strong consistency', () => {
  test('has two replicas and a witness', () => {
    expectResource(Template.fromStack(stacks(STRONG_FAILOVER).data), 'AWS::DynamoDB::GlobalTable', {
      MultiRegionConsistency: 'STRONG',
      Replicas: [Match.objectLike({ Region: 'us-west-2' }), Match.objectLike({ Region: 'us-east-1' })],
      GlobalTableWitnesses: [{ Region: 'us-east-2' }],
    });
  });

  test('uses nothing that DynamoDB refuses there', () => {
    const text = JSON.stringify(plainTemplate(stacks(STRONG_FAILOVER).data));
    expect(text).not.toMatch(/TimeToLiveSpecification|LocalSecondaryIndexes/);
  });
});
