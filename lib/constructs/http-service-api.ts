import { ArnFormat, Stack } from 'aws-cdk-lib';
import {
  HttpApi,
  type CfnRoute,
  type CfnStage,
  type HttpMethod,
  type HttpRoute,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { RouteThrottle, Stage } from '../../blueprint/capacity';
import { RetainedLogGroup } from './retained-log-group';

export interface HttpServiceApiRoute {
  readonly method: HttpMethod;
  readonly path: string;
  readonly handler: IFunction;
  /**
   * The token bucket of this route.
   * @default - the account's limit alone
   */
  readonly throttle?: RouteThrottle;
}

export interface HttpServiceApiProps {
  readonly apiName: string;
  readonly description: string;
  readonly routes: readonly HttpServiceApiRoute[];
  /**
   * Who may call.
   * @default - identities that IAM allows, by a SigV4 signature for this API's region
   */
  readonly authorizer?: IHttpRouteAuthorizer;
  /**
   * Whether the generated execute-api host answers. Under a custom domain it must not, or callers who know it bypass
   * the failover.
   * @default true
   */
  readonly answersOnGeneratedHost?: boolean;
  /**
   * The stage whose retention the access log has.
   * @default - no access log
   */
  readonly accessLogStage?: Stage;
}

/**
 * What the access log says of a request: enough to find its functions' logs, and what API Gateway refused by itself. Of
 * the caller no more than the address; the variables are those of an HTTP API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  sourceIp: '$context.identity.sourceIp',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  integrationRequestId: '$context.integration.requestId',
  error: '$context.error.message',
});

/**
 * An HTTP API in front of Lambda functions.
 *
 * Routes are throttled where the blueprint says so. Health's are not: a low limit would answer 429 to the checkers, and
 * whoever floods the path could take the region out of DNS.
 */
export class HttpServiceApi extends Construct {
  readonly api: HttpApi;
  /** The host without scheme. Another stack reads it by a weak reference to the generated id. */
  readonly host: string;

  constructor(scope: Construct, id: string, props: HttpServiceApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: props.apiName,
      description: props.description,
      ...((props.answersOnGeneratedHost ?? true) ? {} : { disableExecuteApiEndpoint: true }),
    });
    const authorizer = props.authorizer ?? new HttpIamAuthorizer();
    const integrations = new Map<IFunction, HttpLambdaIntegration>();
    for (const { method, path, handler, throttle } of props.routes) {
      const integration =
        integrations.get(handler) ?? new HttpLambdaIntegration(`${handler.node.scope!.node.id}Integration`, handler);
      integrations.set(handler, integration);
      const routes = this.api.addRoutes({
        path,
        methods: [method],
        integration,
        authorizer,
      });
      if (throttle !== undefined) this.throttle(`${method} ${path}`, throttle, routes);
    }
    if (props.accessLogStage !== undefined) this.logAccess(props.apiName, props.accessLogStage);
    const stack = Stack.of(this);
    this.host = `${this.api.apiId}.execute-api.${stack.region}.${stack.urlSuffix}`;
  }

  // The ready-made stage knows a throttle for all routes only. API Gateway refuses settings of a route that is not there.
  private throttle(routeKey: string, { requestsPerSecond, burst }: RouteThrottle, routes: readonly HttpRoute[]): void {
    const stage = this.api.defaultStage!.node.defaultChild as CfnStage;
    stage.routeSettings = {
      ...(stage.routeSettings as Record<string, object> | undefined),
      [routeKey]: { ThrottlingRateLimit: requestsPerSecond, ThrottlingBurstLimit: burst },
    };
    for (const route of routes) stage.addResourceDependency(route.node.defaultChild as CfnRoute);
  }

  // The attribute Arn of a log group ends with `:*`, which the destination is not documented to take.
  private logAccess(apiName: string, stage: Stage): void {
    const logGroup = new RetainedLogGroup(this, 'AccessLog', { stage, logGroupName: `/aws/apigateway/${apiName}` });
    const destinationArn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: logGroup.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const apiStage = this.api.defaultStage!.node.defaultChild as CfnStage;
    apiStage.accessLogSettings = { destinationArn, format: ACCESS_LOG_FORMAT };
  }
}
