import { NotModelled, SimulatorDefect } from '../../kernel/errors';
import { ACCOUNT_THROTTLE, HttpApi } from '../../services/apigateway/http-api';
import { JwtAuthorizer } from '../../services/apigateway/jwt-authorizer';
import type { Route } from '../../services/apigateway/route-table';
import { AwsFault, type JsonObject } from '../../services/aws-service';
import { ResourceProperties } from '../../services/resource-properties';
import type { CloudParts } from '../../cloud-parts';
import { generatedId } from '../physical-name';
import { listOf, objectOf, optionalNumberOf, optionalTextOf, refuseUnknownMembers, textOf } from '../property-reader';
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
    type: 'AWS::ApiGatewayV2::Authorizer',
    modelled: ['ApiId', 'AuthorizerType', 'IdentitySource', 'JwtConfiguration', 'Name'],
    ref: (resource) => generatedId(resource, 6),
    attributes: { AuthorizerId: (resource) => generatedId(resource, 6) },
    provision: createAuthorizer,
  },
  {
    type: 'AWS::ApiGatewayV2::Route',
    modelled: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizationScopes', 'AuthorizerId'],
    harmless: [],
    ref: (resource) => generatedId(resource, 7),
    provision: createRoute,
  },
  // After the routes, which its settings name.
  {
    type: 'AWS::ApiGatewayV2::Stage',
    modelled: ['ApiId', 'StageName', 'AutoDeploy', 'DefaultRouteSettings', 'RouteSettings'],
    harmless: ['Description', 'Tags', 'AccessLogSettings'],
    ref: (resource) => textOf(resource, 'StageName'),
    provision: createStage,
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
  const api = apiOf(resource, cloud);
  const standard = throttleOf(resource, 'DefaultRouteSettings');
  if (standard !== undefined) api.setThrottle(...standard);
  for (const routeKey of Object.keys(objectOf(resource, 'RouteSettings'))) {
    // The service's own refusal of settings that arrive before their route.
    if (!api.hasRoute(routeKey)) {
      throw new AwsFault(
        'NotFoundException',
        `Unable to find Route by key ${routeKey} within the provided RouteSettings`,
      );
    }
    const throttle = throttleOf(resource, 'RouteSettings', routeKey);
    if (throttle !== undefined) api.setRouteThrottle(routeKey, ...throttle);
  }
}

/** Rate and burst of one of the settings of a stage; undefined when they set none. */
function throttleOf(resource: Resource, property: string, routeKey?: string): [number, number] | undefined {
  const path = routeKey === undefined ? property : `${property} of ${routeKey}`;
  const given = objectOf(resource, property);
  const settings = new ResourceProperties(
    `${path} of ${resource.stackName}/${resource.logicalId}`,
    (routeKey === undefined ? given : given[routeKey]) as JsonObject,
    { modelled: ['ThrottlingRateLimit', 'ThrottlingBurstLimit'], harmless: ['DetailedMetricsEnabled'] },
  );
  const rate = settings.optionalNumber('ThrottlingRateLimit');
  const burst = settings.optionalNumber('ThrottlingBurstLimit');
  if (rate === undefined && burst === undefined) return undefined;
  return [rate ?? ACCOUNT_THROTTLE.ratePerSecond, burst ?? ACCOUNT_THROTTLE.burst];
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
  const api = apiOf(resource, cloud);
  api.addRoute({ routeKey: textOf(resource, 'RouteKey'), ...authorizationOf(resource, cloud), ...integration });
  for (const permission of cloud.invokePermissions) {
    if (permission.functionArn !== integration.functionArn || permission.principal !== 'apigateway.amazonaws.com')
      continue;
    api.permitInvoke(permission.functionArn, permission.sourceArn);
  }
}

function authorizationOf(
  resource: Resource,
  cloud: CloudParts,
): Pick<Route, 'authorizationType' | 'authorizer' | 'scopes'> {
  const authorizationType = optionalTextOf(resource, 'AuthorizationType') ?? 'NONE';
  if (authorizationType === 'NONE' || authorizationType === 'AWS_IAM') return { authorizationType };
  if (authorizationType !== 'JWT') {
    throw new NotModelled(`Authorization type ${authorizationType}`, 'Use NONE, AWS_IAM or JWT.');
  }
  const id = textOf(resource, 'AuthorizerId');
  const authorizer = cloud.authorizers.get(`${textOf(resource, 'ApiId')}/${id}`);
  if (authorizer === undefined) throw new SimulatorDefect(`Route ${resource.logicalId} has no authorizer ${id}.`);
  return { authorizationType, authorizer, scopes: listOf(resource, 'AuthorizationScopes').map(String) };
}

function createAuthorizer(resource: Resource, cloud: CloudParts): void {
  const type = textOf(resource, 'AuthorizerType');
  if (type !== 'JWT') throw new NotModelled(`Authorizer type ${type}`, 'Use JWT.');
  const sources = listOf(resource, 'IdentitySource');
  if (sources.length !== 1 || sources[0] !== '$request.header.Authorization') {
    throw new NotModelled(`Identity source ${JSON.stringify(sources)}`, 'Use $request.header.Authorization.');
  }
  refuseUnknownMembers(resource, 'JwtConfiguration', ['Audience', 'Issuer']);
  cloud.authorizers.set(
    `${textOf(resource, 'ApiId')}/${generatedId(resource, 6)}`,
    new JwtAuthorizer({
      keySets: cloud.keySets,
      issuer: textOf(resource, 'JwtConfiguration.Issuer'),
      audience: listOf(resource, 'JwtConfiguration.Audience').map(String),
    }),
  );
}

function apiOf(resource: Resource, cloud: CloudParts): HttpApi {
  const api = cloud.httpApis.get(textOf(resource, 'ApiId'));
  if (api === undefined) throw new SimulatorDefect(`${resource.logicalId} belongs to an API that does not exist.`);
  return api;
}
