import { NotModelled, SimulatorDefect } from '../../kernel/errors';
import { HttpApi } from '../../services/apigateway/http-api';
import type { CloudParts } from '../../cloud-parts';
import { generatedId } from '../physical-name';
import { optionalNumberOf, optionalTextOf, refuseUnknownMembers, textOf } from '../property-reader';
import type { Resource, ResourceType } from '../resource-type';

// An integration times out after 30 seconds unless it sets less.
// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
const INTEGRATION_TIMEOUT_MS = 30_000;

export const apiGatewayResourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::ApiGatewayV2::Api',
    modelled: ['Name', 'ProtocolType', 'DisableExecuteApiEndpoint'],
    harmless: ['Description', 'Tags'],
    ref: (resource) => generatedId(resource),
    attributes: {
      ApiId: (resource) => generatedId(resource),
      ApiEndpoint: (resource) => `https://${generatedId(resource)}.execute-api.${resource.region}.amazonaws.com`,
    },
    provision: createApi,
  },
  {
    type: 'AWS::ApiGatewayV2::Stage',
    modelled: ['ApiId', 'StageName', 'AutoDeploy', 'DefaultRouteSettings'],
    harmless: ['Description', 'Tags', 'AccessLogSettings'],
    ref: (resource) => textOf(resource, 'StageName'),
    provision: createStage,
  },
  {
    type: 'AWS::ApiGatewayV2::Integration',
    modelled: [
      'ApiId',
      'IntegrationType',
      'IntegrationUri',
      'PayloadFormatVersion',
      'TimeoutInMillis',
      'IntegrationMethod',
    ],
    harmless: ['Description'],
    ref: (resource) => generatedId(resource, 7),
    provision: createIntegration,
  },
  {
    type: 'AWS::ApiGatewayV2::Route',
    modelled: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType'],
    harmless: [],
    ref: (resource) => generatedId(resource, 7),
    provision: createRoute,
  },
];

function createApi(resource: Resource, cloud: CloudParts): void {
  if (textOf(resource, 'ProtocolType') !== 'HTTP') throw new NotModelled('A WebSocket API', 'Use an HTTP API.');
  const api = new HttpApi({
    kernel: cloud.kernel,
    lambda: cloud.lambda,
    iam: cloud.iam,
    metrics: cloud.cloudWatch,
    accountId: cloud.accountId,
    region: resource.region,
    apiId: generatedId(resource),
  });
  cloud.httpApis.set(generatedId(resource), api);
  if (resource.properties.DisableExecuteApiEndpoint !== true) cloud.network.listen(api.host, api);
}

function createStage(resource: Resource, cloud: CloudParts): void {
  const name = textOf(resource, 'StageName');
  if (name !== '$default' || resource.properties.AutoDeploy !== true) {
    throw new NotModelled(`Stage ${name}`, 'Use the stage $default with AutoDeploy.');
  }
  refuseUnknownMembers(resource, 'DefaultRouteSettings', [
    'ThrottlingRateLimit',
    'ThrottlingBurstLimit',
    'DetailedMetricsEnabled',
  ]);
  const rate = optionalNumberOf(resource, 'DefaultRouteSettings.ThrottlingRateLimit');
  const burst = optionalNumberOf(resource, 'DefaultRouteSettings.ThrottlingBurstLimit');
  if (rate !== undefined && burst !== undefined) apiOf(resource, cloud).setThrottle(rate, burst);
}

function createIntegration(resource: Resource, cloud: CloudParts): void {
  if (textOf(resource, 'IntegrationType') !== 'AWS_PROXY' || textOf(resource, 'PayloadFormatVersion') !== '2.0') {
    throw new NotModelled(`Integration ${resource.logicalId}`, 'Use AWS_PROXY with payload format 2.0.');
  }
  const arn = /function:[^/]+|arn:aws:lambda[^/]+/.exec(textOf(resource, 'IntegrationUri'))?.[0];
  const functionArn = textOf(resource, 'IntegrationUri').match(/arn:aws:lambda:[^/]+/)?.[0] ?? arn;
  if (functionArn === undefined) throw new NotModelled(`Integration URI of ${resource.logicalId}`, 'Name a function.');
  cloud.integrations.set(`${textOf(resource, 'ApiId')}/${generatedId(resource, 7)}`, {
    functionArn,
    timeoutMs: optionalNumberOf(resource, 'TimeoutInMillis') ?? INTEGRATION_TIMEOUT_MS,
  });
}

function createRoute(resource: Resource, cloud: CloudParts): void {
  const apiId = textOf(resource, 'ApiId');
  const target = textOf(resource, 'Target').replace('integrations/', '');
  const integration = cloud.integrations.get(`${apiId}/${target}`);
  if (integration === undefined) throw new SimulatorDefect(`Route ${resource.logicalId} has no integration ${target}.`);
  const authorizationType = optionalTextOf(resource, 'AuthorizationType') ?? 'NONE';
  if (authorizationType !== 'NONE' && authorizationType !== 'AWS_IAM') {
    throw new NotModelled(`Authorization type ${authorizationType}`, 'Use NONE or AWS_IAM.');
  }
  const api = apiOf(resource, cloud);
  api.addRoute({ routeKey: textOf(resource, 'RouteKey'), authorizationType, ...integration });
  for (const permission of cloud.invokePermissions) {
    if (permission.functionArn !== integration.functionArn || permission.principal !== 'apigateway.amazonaws.com')
      continue;
    api.permitInvoke(permission.functionArn, permission.sourceArn);
  }
}

function apiOf(resource: Resource, cloud: CloudParts): HttpApi {
  const api = cloud.httpApis.get(textOf(resource, 'ApiId'));
  if (api === undefined) throw new SimulatorDefect(`${resource.logicalId} belongs to an API that does not exist.`);
  return api;
}
