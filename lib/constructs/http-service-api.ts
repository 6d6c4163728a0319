import { Stack } from 'aws-cdk-lib';
import { HttpApi, type HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export interface HttpServiceApiRoute {
  readonly method: HttpMethod;
  readonly path: string;
  readonly handler: IFunction;
}

export interface HttpServiceApiProps {
  readonly apiName: string;
  readonly description: string;
  readonly routes: readonly HttpServiceApiRoute[];
  /**
   * Whether callers must sign with SigV4 for this API's region.
   * @default true
   */
  readonly iamAuthorized?: boolean;
  /**
   * Whether the generated execute-api host answers. Under a custom domain it must not, or callers who know it bypass
   * the failover.
   * @default true
   */
  readonly answersOnGeneratedHost?: boolean;
}

/**
 * An HTTP API in front of Lambda functions.
 *
 * No throttle is set: the account's limit stands, since a low one would answer 429 to what matters most.
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
    const authorizer = new HttpIamAuthorizer();
    const integrations = new Map<IFunction, HttpLambdaIntegration>();
    for (const { method, path, handler } of props.routes) {
      const integration =
        integrations.get(handler) ?? new HttpLambdaIntegration(`${handler.node.scope!.node.id}Integration`, handler);
      integrations.set(handler, integration);
      this.api.addRoutes({
        path,
        methods: [method],
        integration,
        ...((props.iamAuthorized ?? true) ? { authorizer } : {}),
      });
    }
    const stack = Stack.of(this);
    this.host = `${this.api.apiId}.execute-api.${stack.region}.${stack.urlSuffix}`;
  }
}
