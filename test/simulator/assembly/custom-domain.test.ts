import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { internetNear } from '../../../simulator';
import type { Stack, TemplateResource } from '../../../simulator/assembly/assembly';
import { Cloud } from '../../../simulator/cloud';
import type { JsonObject } from '../../../simulator/services/aws-service';

const NAME = 'orders.example.com';
const CODE =
  'exports.handler = async (event) => ({ statusCode: 200, body: process.env.AWS_REGION + " " + event.requestContext.domainName });';

function resource(type: string, properties: JsonObject = {}): TemplateResource {
  return { Type: `AWS::${type}`, Properties: properties };
}

const attribute = (logicalId: string, name: string): JsonObject => ({ 'Fn::GetAtt': [logicalId, name] });

/** One region of a service behind a custom domain name, as the CDK renders it. */
function service(changes: Record<string, TemplateResource> = {}): Stack['template'] {
  const api = { ApiId: { Ref: 'Api' } };
  return {
    Resources: {
      Role: resource('IAM::Role', { AssumeRolePolicyDocument: {} }),
      Function: resource('Lambda::Function', {
        Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: attribute('Role', 'Arn'),
      }),
      Permission: resource('Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        FunctionName: attribute('Function', 'Arn'),
        Principal: 'apigateway.amazonaws.com',
        SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/where' },
      }),
      Api: resource('ApiGatewayV2::Api', { Name: 'api', ProtocolType: 'HTTP', DisableExecuteApiEndpoint: true }),
      Stage: resource('ApiGatewayV2::Stage', { ...api, StageName: '$default', AutoDeploy: true }),
      Integration: resource('ApiGatewayV2::Integration', {
        ...api,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: attribute('Function', 'Arn'),
        PayloadFormatVersion: '2.0',
      }),
      Route: resource('ApiGatewayV2::Route', {
        ...api,
        RouteKey: 'GET /where',
        AuthorizationType: 'AWS_IAM',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
      }),
      Certificate: resource('CertificateManager::Certificate', {
        DomainName: NAME,
        SubjectAlternativeNames: ['*.orders.example.com'],
        ValidationMethod: 'DNS',
      }),
      Domain: resource('ApiGatewayV2::DomainName', {
        DomainName: NAME,
        DomainNameConfigurations: [{ CertificateArn: { Ref: 'Certificate' }, EndpointType: 'REGIONAL' }],
      }),
      Mapping: resource('ApiGatewayV2::ApiMapping', { ...api, DomainName: { Ref: 'Domain' }, Stage: '$default' }),
      ...changes,
    },
    Outputs: {
      Host: { Value: attribute('Domain', 'RegionalDomainName') },
      Zone: { Value: attribute('Domain', 'RegionalHostedZoneId') },
    },
  };
}

function alias(region: string): TemplateResource {
  const output = (OutputName: string): JsonObject => ({
    'Fn::GetStackOutput': { StackName: 'Service', OutputName, Region: region },
  });
  return resource('Route53::RecordSet', {
    HostedZoneId: { Ref: 'Zone' },
    Name: `${NAME}.`,
    Type: 'A',
    Region: region,
    SetIdentifier: region,
    AliasTarget: { DNSName: output('Host'), HostedZoneId: output('Zone') },
  });
}

function deploy(changes: Record<string, TemplateResource> = {}): Cloud {
  const zone = resource('Route53::HostedZone', { Name: 'example.com.' });
  const stacks: Stack[] = [
    { stackName: 'Service', region: 'us-east-1', template: service(changes) },
    { stackName: 'Service', region: 'us-west-2', template: service() },
    {
      stackName: 'Routing',
      region: 'us-east-1',
      template: { Resources: { Zone: zone, East: alias('us-east-1'), West: alias('us-west-2') } },
    },
  ];
  return new Cloud({ assembly: { stacks, bundles: new Map([['code.zip', CODE]]) }, seed: 1 });
}

/** A request to the shared name, signed for a region, from a place. */
async function call(cloud: Cloud, place: string, signedFor: string, to: { host?: string; name?: string } = {}) {
  const name = to.name ?? NAME;
  const signer = new SignatureV4({
    credentials: cloud.createCaller('caller'),
    region: signedFor,
    service: 'execute-api',
    sha256: Sha256,
  });
  const unsigned = { method: 'GET', path: '/where', headers: { host: name }, body: '' };
  const { headers } = await signer.sign(
    { ...unsigned, protocol: 'https:', hostname: name },
    { signingDate: new Date(cloud.kernel.epochMs) },
  );
  const answer = cloud.request({ ...unsigned, headers, host: to.host ?? name, port: 443 }, 5000, place);
  await cloud.runUntil(cloud.kernel.nowUs / 1e6 + 6);
  return answer;
}

/** SHA-256 in the form the signer asks for. */
class Sha256 {
  private hash: Pick<ReturnType<typeof createHmac>, 'update' | 'digest'> = createHash('sha256');

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    if (secret !== undefined) this.hash = createHmac('sha256', secret as Buffer);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(data as Buffer);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    this.hash = createHash('sha256');
  }
}

describe('A custom domain name in two regions', () => {
  it('leads a request to the nearer region, which knows the name it was called by', async () => {
    const cloud = deploy({ Route: openRoute() });
    const answer = await call(cloud, internetNear('us-east-2'), 'us-east-1');

    expect(answer).toMatchObject({ status: 200, body: `us-east-1 ${NAME}` });
    expect(cloud.createResolver('us-west-1').resolveHost(NAME)).toMatchObject({ setIdentifier: 'us-west-2' });
  });

  it('is also reached by the host of a region, with the name in the Host header', async () => {
    const cloud = deploy({ Route: openRoute() });
    const host = String(cloud.deployment.output('Service', 'Host', 'us-east-1'));

    const named = await call(cloud, 'internet', 'us-east-1', { host });
    const unnamed = await call(cloud, 'internet', 'us-east-1', { host, name: 'other.example.com' });

    expect(host).toMatch(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/);
    expect(named).toMatchObject({ status: 200 });
    expect(unnamed).toEqual({
      status: 403,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"Forbidden"}',
    });
  });

  it.each([
    ['us-east-1', 200],
    ['us-west-2', 403],
  ])('answers a signature for %s over the shared name in us-east-1 with %d', async (signedFor, status) => {
    expect(await call(deploy(), internetNear('us-east-1'), signedFor)).toMatchObject({ status });
  });

  it.each<[string, string, TemplateResource, RegExp]>([
    [
      'a path of the mapping',
      'Mapping',
      mappingWith({ ApiMappingKey: 'v1' }),
      /ApiMappingKey v1 of Mapping is not modelled/,
    ],
    ['another stage', 'Mapping', mappingWith({ Stage: 'test' }), /Stage test of Mapping is not modelled/],
    ['a second mapping', 'Mapping2', mappingWith({}), /orders\.example\.com is mapped already in us-east-1/],
    [
      'an endpoint that is not Regional',
      'Domain',
      domainWith({ EndpointType: 'EDGE' }),
      /EndpointType "EDGE" is not modelled/,
    ],
    [
      'a certificate that does not cover the name',
      'Certificate',
      resource('CertificateManager::Certificate', { DomainName: 'other.example.com' }),
      /does not cover orders\.example\.com/,
    ],
    [
      'a certificate of another region',
      'Domain',
      domainWith({ CertificateArn: 'arn:aws:acm:us-west-2:123456789012:certificate/x' }),
      /there is no certificate .* in us-east-1/,
    ],
    [
      'settings for a route that does not exist',
      'Stage',
      resource('ApiGatewayV2::Stage', {
        ApiId: { Ref: 'Api' },
        StageName: '$default',
        AutoDeploy: true,
        RouteSettings: { 'GET /lost': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } },
      }),
      /Unable to find Route by key GET \/lost/,
    ],
    [
      'a Lambda authorizer',
      'Authorizer',
      resource('ApiGatewayV2::Authorizer', { ApiId: { Ref: 'Api' }, AuthorizerType: 'REQUEST', Name: 'a' }),
      /Authorizer type REQUEST is not modelled/,
    ],
  ])('is refused for %s', (_what, logicalId, changed, message) => {
    expect(() => deploy({ [logicalId]: changed })).toThrow(message);
  });

  it('takes the throttle of a route and the issuer of its tokens from the template', async () => {
    const api = { ApiId: { Ref: 'Api' } };
    const cloud = deploy({
      Route: openRoute({ AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Authorizer' } }),
      Authorizer: resource('ApiGatewayV2::Authorizer', {
        ...api,
        AuthorizerType: 'JWT',
        Name: 'a',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Audience: ['orders'], Issuer: 'https://issuer.example' },
      }),
      Stage: resource('ApiGatewayV2::Stage', {
        ...api,
        StageName: '$default',
        AutoDeploy: true,
        RouteSettings: { 'GET /where': { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 } },
      }),
    });
    cloud.keySets.register('https://issuer.example', []);

    const first = await call(cloud, internetNear('us-east-1'), 'us-east-1');
    const second = await call(cloud, internetNear('us-east-1'), 'us-east-1');

    expect([first!.status, second!.status]).toEqual([401, 429]);
  });
});

function openRoute(changes: JsonObject = { AuthorizationType: 'NONE' }): TemplateResource {
  return { ...service().Resources['Route']!, Properties: { ...service().Resources['Route']!.Properties, ...changes } };
}

function mappingWith(changes: JsonObject): TemplateResource {
  const { Properties } = service().Resources['Mapping']!;
  return resource('ApiGatewayV2::ApiMapping', { ...Properties, ...changes });
}

function domainWith(changes: JsonObject): TemplateResource {
  return resource('ApiGatewayV2::DomainName', {
    DomainName: NAME,
    DomainNameConfigurations: [{ CertificateArn: { Ref: 'Certificate' }, EndpointType: 'REGIONAL', ...changes }],
  });
}
