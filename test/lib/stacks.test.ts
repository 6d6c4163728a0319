import { Match, Template } from 'aws-cdk-lib/assertions';
import { ALARMS, COMPOSITE_ALARMS } from '../../blueprint/alarms';
import { NETWORK } from '../../blueprint/connections';
import { AWS_REGIONS } from '../../blueprint/regions';
import { plainTemplate, resourcesOf, synthesize, type PlainTemplate } from './synthesis';

const stacks = synthesize();

/** One resource of the type has these properties. */
const expectResource = (template: Template, type: string, properties: object): void =>
  template.hasResourceProperties(type, properties);

/** All resources of the type have these properties. */
const expectEveryResource = (template: Template, type: string, properties: object): void =>
  template.allResourcesProperties(type, properties);

const every = {
  data: stacks.data,
  witness: stacks.witness,
  'service in the standby': stacks.standby,
  'service in the primary': stacks.primary,
  routing: stacks.routing,
  observer: stacks.observer,
  'observability in the standby': stacks.observability[0]!,
  'observability in the primary': stacks.observability[1]!,
  'observability in the witness region': stacks.observability[2]!,
  'observability of routing': stacks.observability[3]!,
};

describe('The template of every stack', () => {
  test.each(Object.entries(every))('%s is the reviewed one', (_, stack) => {
    expect(plainTemplate(stack)).toMatchSnapshot();
  });

  test.each(Object.entries(every))('%s has neither exports nor custom resources', (_, stack) => {
    const text = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(text).not.toMatch(/"Export"|Fn::ImportValue|"Custom::|AWS::CloudFormation::CustomResource/);
  });
});

describe('The regions of the pair', () => {
  /** A template in which the two regions have lost their names, so that only real differences are left. */
  const nameless = (template: PlainTemplate, here: string, there: string): unknown =>
    JSON.parse(JSON.stringify(template).replaceAll(here, 'HERE').replaceAll(there, 'THERE'));

  test('are built alike: the service stacks differ in the names of the regions only', () => {
    const standby = nameless(plainTemplate(stacks.standby), 'us-west-2', 'us-east-1');
    const primary = nameless(plainTemplate(stacks.primary), 'us-east-1', 'us-west-2');
    expect(standby).toEqual(primary);
  });

  test('are watched alike, but for the alarms that are declared for one of them', () => {
    const [standby, primary] = stacks.observability.map(plainTemplate) as [PlainTemplate, PlainTemplate];
    const declared = new Set(
      [...ALARMS, ...COMPOSITE_ALARMS]
        // And what the probe of a region without customers does less often.
        .filter(({ place, id }) => place === 'standby' || place === 'primary' || id === 'peer-failing')
        .map(({ id }) => `tandem-sandbox-${id}`),
    );
    const common = ({ Resources }: PlainTemplate): object =>
      Object.fromEntries(
        Object.entries(Resources).filter(([, { Properties }]) => !declared.has(String(Properties['AlarmName']))),
      );
    const alike = (template: PlainTemplate, here: string, there: string): unknown =>
      // A composite and a dashboard name the alarms there are, so they differ where those do.
      JSON.parse(
        JSON.stringify(nameless({ Resources: common(template) } as PlainTemplate, here, there)),
        (key, value: unknown) => (['AlarmRule', 'DashboardBody', 'RHYTHM'].includes(key) ? 'its own' : value),
      );

    expect(Object.keys(common(primary)).length).toBeGreaterThan(20);
    expect(alike(standby, 'us-west-2', 'us-east-1')).toEqual(alike(primary, 'us-east-1', 'us-west-2'));
  });
});

describe('The tables that both regions share', () => {
  test('are orders and plans, with a replica in each serving region and backups to any second', () => {
    const tables = Object.values(resourcesOf(plainTemplate(stacks.data), 'AWS::DynamoDB::GlobalTable'));

    expect(tables.map(({ Properties }) => Properties['TableName'])).toEqual([
      'tandem-sandbox-orders',
      'tandem-sandbox-customer-plans',
    ]);
    for (const { Properties } of tables) {
      const replicas = Properties['Replicas'] as { Region: string; PointInTimeRecoverySpecification: object }[];
      expect(replicas.map(({ Region }) => Region).sort()).toEqual(['us-east-1', 'us-west-2']);
      for (const replica of replicas) {
        expect(replica.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
      }
    }
  });

  test('are protected against deletion in stage full only', () => {
    const full = synthesize({ 'tandem:stage': 'full', 'tandem:healthPath': 'a-segment-nobody-guesses' });
    const protectedIn = (of: typeof stacks): unknown[] =>
      Object.values(resourcesOf(plainTemplate(of.data), 'AWS::DynamoDB::GlobalTable')).flatMap(({ Properties }) =>
        (Properties['Replicas'] as { DeletionProtectionEnabled?: boolean }[]).map(
          (replica) => replica.DeletionProtectionEnabled ?? false,
        ),
      );

    expect(protectedIn(stacks)).toEqual([false, false, false, false]);
    expect(protectedIn(full)).toEqual([true, true, true, true]);
  });

  test('are strongly consistent over the pair and the witness when that is configured', () => {
    const strong = synthesize({ 'tandem:consistency': 'strong' });

    expectEveryResource(Template.fromStack(strong.data), 'AWS::DynamoDB::GlobalTable', {
      MultiRegionConsistency: 'STRONG',
      GlobalTableWitnesses: [{ Region: 'us-east-2' }],
    });
  });
});

describe('A serving region', () => {
  const template = Template.fromStack(stacks.primary);

  test('lets two workers at the queue, one message at a time, and hides a message for longer than a worker can run', () => {
    expectResource(template, 'AWS::Lambda::EventSourceMapping', {
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
      MaximumBatchingWindowInSeconds: Match.absent(),
    });
    expectResource(template, 'AWS::SQS::Queue', {
      QueueName: 'tandem-sandbox-work',
      VisibilityTimeout: 9,
      RedrivePolicy: Match.objectLike({ maxReceiveCount: 20 }),
    });
  });

  test('demands a signature on orders and none of the health checkers', () => {
    const routes = Object.values(resourcesOf(plainTemplate(stacks.primary), 'AWS::ApiGatewayV2::Route'));
    const authorization = routes.map(
      ({ Properties }) => `${String(Properties['RouteKey'])} ${String(Properties['AuthorizationType'])}`,
    );

    expect(authorization.sort()).toEqual([
      'GET /orders AWS_IAM',
      'GET /orders/{orderId} AWS_IAM',
      'GET /replace-me-5d0c8e47b1/live NONE',
      'GET /replace-me-5d0c8e47b1/ready NONE',
      'GET /replace-me-5d0c8e47b1/switch/{region} NONE',
      'POST /orders AWS_IAM',
      'POST /orders/import AWS_IAM',
    ]);
  });

  test('reserves no concurrency in the sandbox, whose account has ten executions', () => {
    expectEveryResource(template, 'AWS::Lambda::Function', { ReservedConcurrentExecutions: Match.absent() });
  });

  test('runs every function on the same runtime and architecture, with log groups that forget', () => {
    expectEveryResource(template, 'AWS::Lambda::Function', { Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    expectEveryResource(template, 'AWS::Logs::LogGroup', { RetentionInDays: 7 });
    expect(Object.keys(template.findResources('AWS::Logs::LogGroup'))).toHaveLength(6);
  });

  test('grants by plain allow statements, without wildcards and without conditions', () => {
    for (const { Properties } of Object.values(resourcesOf(plainTemplate(stacks.primary), 'AWS::IAM::Policy'))) {
      const { Statement } = Properties['PolicyDocument'] as { Statement: Record<string, unknown>[] };
      for (const statement of Statement) {
        expect(statement['Effect']).toBe('Allow');
        expect(statement['Condition']).toBeUndefined();
        expect(JSON.stringify([statement['Action'], statement['Resource']])).not.toContain('*');
      }
    }
  });

  test("only reads customers' plans, whichever region it is: the operator writes them, in one", () => {
    for (const region of [stacks.primary, stacks.standby]) {
      const statements = Object.values(resourcesOf(plainTemplate(region), 'AWS::IAM::Policy'))
        .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: { Action: string }[] }).Statement)
        .filter((statement) => JSON.stringify(statement).includes('tandem-sandbox-customer-plans'));
      expect(statements.map(({ Action }) => Action)).toEqual(['dynamodb:GetItem']);
    }
    expect(Template.fromStack(stacks.data).findOutputs('PlansWriterRegion')).toEqual({
      PlansWriterRegion: { Value: 'us-east-1' },
    });
  });

  test('touches no other serving region: whatever it names there is in the witness region', () => {
    const text = JSON.stringify(Template.fromStack(stacks.primary).toJSON());
    const named = AWS_REGIONS.filter((region) => text.includes(region));
    // The sweeper and query are told the peer's name, to read its items from the local replica.
    expect(text.match(/us-west-2/g)).toHaveLength(2);
    expect(named.sort()).toEqual(['us-east-1', 'us-east-2', 'us-west-2']);
  });
});

describe('Routing', () => {
  const template = Template.fromStack(stacks.routing);

  test('hangs each record on a calculated check of two: ready, and not evacuated by the other region', () => {
    expect(Object.keys(template.findResources('AWS::Route53::HealthCheck'))).toHaveLength(6);
    for (const [here, there] of [
      ['us-east-1', 'us-west-2'],
      ['us-west-2', 'us-east-1'],
    ] as const) {
      const https = (host: string, path: string, inverted: boolean, intervalSeconds: number, failures: number) =>
        expectResource(template, 'AWS::Route53::HealthCheck', {
          HealthCheckConfig: Match.objectLike({
            Type: 'HTTPS',
            Inverted: inverted,
            ResourcePath: `/replace-me-5d0c8e47b1/${path}`,
            FullyQualifiedDomainName: {
              'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(`execute-api\\.${host}`)])],
            },
            RequestInterval: intervalSeconds,
            FailureThreshold: failures,
            Regions: ['eu-west-1', 'us-west-1', 'sa-east-1'],
          }),
        });
      if (here === 'us-east-1') https(here, 'ready', false, 10, 2);
      else https(here, 'ready', false, 30, 1);
      https(there, `switch/${here}`, true, 30, 1);
    }
    const calculated = template.findResources('AWS::Route53::HealthCheck', {
      Properties: { HealthCheckConfig: { Type: 'CALCULATED', HealthThreshold: 2 } },
    });
    expect(Object.keys(calculated)).toHaveLength(2);
  });

  test('asks every thirty seconds where it is lean, and does not ask a standby that serves nobody', () => {
    const checksOf = (changes: Record<string, string>): unknown[] =>
      Object.values(resourcesOf(plainTemplate(synthesize(changes).routing), 'AWS::Route53::HealthCheck')).map(
        ({ Properties }) => {
          const { Type, RequestInterval, FailureThreshold } = Properties['HealthCheckConfig'] as Record<
            string,
            unknown
          >;
          return [Type, RequestInterval, FailureThreshold];
        },
      );
    const endpoint = ['HTTPS', 30, 1];
    const calculated = ['CALCULATED', undefined, undefined];
    const lean = { 'tandem:footprint': 'lean' };

    expect(checksOf(lean)).toEqual([endpoint, endpoint, calculated]);
    expect(checksOf({ ...lean, 'tandem:routing': 'latency' })).toHaveLength(6);
  });

  test('answers the host and the region by one policy, for ten seconds', () => {
    const records = Object.values(resourcesOf(plainTemplate(stacks.routing), 'AWS::Route53::RecordSet')).map(
      ({ Properties }) =>
        `${String(Properties['Type'])} ${String(Properties['Failover'])} ${String(Properties['TTL'])}`,
    );
    expect(records.sort()).toEqual(['CNAME PRIMARY 10', 'CNAME SECONDARY 10', 'TXT PRIMARY 10', 'TXT SECONDARY 10']);
  });

  test('takes the zone a person names', () => {
    const named = synthesize({ 'tandem:zoneName': 'orders.example.com' });
    expectResource(Template.fromStack(named.routing), 'AWS::Route53::HostedZone', {
      Name: 'orders.example.com.',
    });
  });
});

describe('Observability', () => {
  test('notifies the topic of the severity, and the topic lets alarms publish', () => {
    const template = Template.fromStack(stacks.observability[0]!);
    expectResource(template, 'AWS::CloudWatch::Alarm', {
      AlarmName: 'tandem-sandbox-peer-silent',
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^Alarmsticket') }],
      TreatMissingData: 'breaching',
    });
    expectResource(template, 'AWS::CloudWatch::CompositeAlarm', {
      AlarmName: 'tandem-sandbox-peer-lost',
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^Alarmspage') }],
      ActionsSuppressor: Match.anyValue(),
    });
    expectResource(template, 'AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
        ]),
      }),
    });
  });

  test('subscribes the address a person gives, and nobody otherwise', () => {
    const subscriptions = (of: typeof stacks): string[] =>
      Object.keys(resourcesOf(plainTemplate(of.observability[0]!), 'AWS::SNS::Subscription'));
    const told = synthesize({ 'tandem:notificationEmail': 'oncall@example.com' });
    expect(subscriptions(told)).toHaveLength(2);
    expect(subscriptions(stacks)).toHaveLength(0);
  });
});

describe('The order of deployment', () => {
  test('is data, witness, standby, primary, routing, observability', () => {
    const after = (stack: { dependencies: { stackName: string }[] }): string[] =>
      stack.dependencies.map(({ stackName }) => stackName.replace('Tandem-sandbox-', '')).sort();

    expect(after(stacks.standby)).toEqual(['Data', 'Witness']);
    expect(after(stacks.primary)).toContain('Service-us-west-2');
    expect(after(stacks.routing)).toEqual(['Service-us-east-1', 'Service-us-west-2']);
    for (const stack of stacks.observability) expect(after(stack)).toContain('Routing');
  });
});

describe('The public routes', () => {
  test('have the throttles of the blueprint, set once the routes are there, and health has none', () => {
    const template = plainTemplate(stacks.primary);
    const stages = Object.entries(resourcesOf(template, 'AWS::ApiGatewayV2::Stage'));
    const throttled = stages.filter(([, { Properties }]) => Properties['RouteSettings'] !== undefined);

    expect(throttled.map(([, { Properties }]) => Properties['RouteSettings'])).toEqual([
      {
        'POST /orders': { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 4 },
        'POST /orders/import': { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 1 },
        'GET /orders/{orderId}': { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 3 },
        'GET /orders': { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 1 },
      },
    ]);
    expect(throttled[0]![0]).toContain('PublicApi');
    expect(throttled[0]![1].DependsOn).toHaveLength(4);
  });
});

describe('The network', () => {
  test('is that of public endpoints, as the blueprint says: nothing is in a VPC', () => {
    expect(NETWORK).toBe('public-endpoints');
    for (const stack of Object.values(every)) {
      expect(JSON.stringify(plainTemplate(stack))).not.toMatch(/AWS::EC2::|VpcConfig/);
    }
  });
});
