import type { Assembly, Stack, TemplateResource } from '../../../simulator/assembly/assembly';
import { Cloud } from '../../../simulator/cloud';

const CODE = 'exports.handler = async () => ({ statusCode: 200, body: process.env.PEER });';

const role = (): TemplateResource => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } });

const lambdaFunction = (peer: TemplateResource['Properties'] | string = 'none'): TemplateResource => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Environment: { Variables: { PEER: peer } },
  },
});

function stack(stackName: string, region: string, template: Partial<Stack['template']>): Stack {
  return { stackName, region, template: { Resources: {}, ...template } };
}

function deploy(...stacks: Stack[]): Cloud {
  const assembly: Assembly = { stacks, bundles: new Map([['code.zip', CODE]]) };
  return new Cloud({ assembly, seed: 1 });
}

const queue = (properties: TemplateResource['Properties'] = {}): TemplateResource => ({
  Type: 'AWS::SQS::Queue',
  Properties: properties,
});

describe('The deployment of an assembly', () => {
  it.each<[string, TemplateResource, string]>([
    [
      'a resource type',
      { Type: 'AWS::Kinesis::Stream' },
      'Resource type AWS::Kinesis::Stream (App/Thing) is not modelled',
    ],
    ['a property', queue({ FifoQueue: true }), 'Property AWS::SQS::Queue.FifoQueue (App/Thing) is not modelled'],
    [
      'an attribute of a resource',
      { ...queue(), CreationPolicy: {} },
      'Attribute CreationPolicy of App/Thing is not modelled',
    ],
    [
      'an attribute of another resource',
      queue({ QueueName: { 'Fn::GetAtt': ['Other', 'Color'] } }),
      'Attribute AWS::SQS::Queue.Color (App/Other) is not modelled',
    ],
    ['a reference to nothing', queue({ QueueName: { Ref: 'Nobody' } }), 'A reference to Nobody in App is not modelled'],
    [
      'a member of a nested property',
      queue({ RedrivePolicy: { color: 'red' } }),
      'RedrivePolicy.color of App/Thing is not modelled',
    ],
    [
      'a managed policy',
      {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {},
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        },
      },
      'Managed policy arn:aws:iam::aws:policy/AdministratorAccess is not modelled',
    ],
    [
      'a deployment package that is not there',
      lambdaFunctionWith('gone.zip'),
      'Deployment package gone.zip is not modelled',
    ],
    [
      'a runtime',
      { ...lambdaFunction(), Properties: { ...lambdaFunction().Properties, Runtime: 'python3.13' } },
      'Runtime python3.13 is not modelled',
    ],
  ])('refuses %s that it does not know, by name', (_what, resource, message) => {
    expect(() =>
      deploy(stack('App', 'us-east-1', { Resources: { Thing: resource, Other: queue(), Role: role() } })),
    ).toThrow(message);
  });

  it('leaves out what a condition of the template switches off', () => {
    const unknown = { Type: 'AWS::Kinesis::Stream', Condition: 'Never' };

    expect(() =>
      deploy(
        stack('App', 'us-east-1', {
          Resources: { Unknown: unknown },
          Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
        }),
      ),
    ).not.toThrow();
  });

  it('reads the output of a stack in another region by a weak reference, in either order of the stacks', async () => {
    const producer = stack('Producer', 'us-west-2', {
      Resources: { Queue: queue({ QueueName: 'theirs' }) },
      Outputs: { Url: { Value: { Ref: 'Queue' } } },
    });
    const peer = { 'Fn::GetStackOutput': { StackName: 'Producer', OutputName: 'Url', Region: 'us-west-2' } };
    const consumer = stack('Consumer', 'us-east-1', { Resources: { Role: role(), Function: lambdaFunction(peer) } });
    const cloud = deploy(consumer, producer);
    let payload = '';
    cloud.lambda.invoke(cloud.lambda.list()[0]!.definition.arn, {}, (outcome) => {
      payload = outcome.kind === 'success' ? outcome.payload : outcome.kind;
    });

    await cloud.runUntil(5);

    expect(JSON.parse(payload)).toEqual({
      statusCode: 200,
      body: 'https://sqs.us-west-2.amazonaws.com/123456789012/theirs',
    });
  });

  it('says by name which output is missing', () => {
    const peer = { 'Fn::GetStackOutput': { StackName: 'Nobody', OutputName: 'Url', Region: 'us-west-2' } };

    expect(() =>
      deploy(stack('App', 'us-east-1', { Resources: { Role: role(), Function: lambdaFunction(peer) } })),
    ).toThrow('Stack Nobody in us-west-2 has no output Url.');
  });

  it('tells a person which resource a generated value belongs to', () => {
    const cloud = deploy(stack('App', 'us-east-1', { Resources: { Queue: queue({ QueueName: 'q' }) } }));

    expect(cloud.deployment.nameOf('https://sqs.us-east-1.amazonaws.com/123456789012/q')).toBe('App/Queue');
    expect(cloud.deployment.nameOf('something else')).toBe('something else');
  });

  it('refuses a queue whose messages come back while they are still worked, as the service does', () => {
    const resources = (visibilitySeconds: number): Record<string, TemplateResource> => ({
      Role: role(),
      Worker: lambdaFunction(),
      Work: queue({ VisibilityTimeout: visibilitySeconds }),
      Source: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] }, FunctionName: { Ref: 'Worker' } },
      },
    });

    expect(() => deploy(stack('App', 'us-east-1', { Resources: resources(3) }))).not.toThrow();
    expect(() => deploy(stack('App', 'us-east-1', { Resources: resources(2) }))).toThrow(
      'Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds',
    );
  });

  it('makes what depends on a record when the record is known to all name servers', async () => {
    const cloud = deploy(
      stack('App', 'us-east-1', {
        Resources: {
          Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'here.test.' } },
          First: {
            Type: 'AWS::Route53::RecordSet',
            Properties: {
              HostedZoneId: { Ref: 'Zone' },
              Name: 'first.here.test.',
              Type: 'CNAME',
              TTL: '10',
              ResourceRecords: ['there.test'],
            },
          },
          Second: {
            Type: 'AWS::Route53::RecordSet',
            DependsOn: ['First'],
            Properties: {
              HostedZoneId: { Ref: 'Zone' },
              Name: 'second.here.test.',
              Type: 'CNAME',
              TTL: '10',
              ResourceRecords: ['there.test'],
            },
          },
        },
      }),
    );
    const statuses = (): string[] =>
      ['first', 'second'].map((name) => cloud.route53.answer(`${name}.here.test`, 'CNAME').status);

    expect(statuses()).toEqual(['NOERROR', 'NXDOMAIN']);
    await cloud.runUntil(30);
    expect(statuses()).toEqual(['NOERROR', 'NOERROR']);
  });
});

function lambdaFunctionWith(key: string): TemplateResource {
  return {
    ...lambdaFunction(),
    Properties: { ...lambdaFunction().Properties, Code: { S3Bucket: 'assets', S3Key: key } },
  };
}
