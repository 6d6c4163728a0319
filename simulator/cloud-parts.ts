import type { Kernel } from './kernel/kernel';
import type { Network } from './network/network';
import type { CustomDomains } from './services/apigateway/custom-domains';
import type { HttpApi } from './services/apigateway/http-api';
import type { KeySets } from './services/apigateway/json-web-token';
import type { JwtAuthorizer } from './services/apigateway/jwt-authorizer';
import type { CloudWatch } from './services/cloudwatch';
import type { DynamoDb } from './services/dynamodb';
import type { EventBridge } from './services/events';
import type { Iam } from './services/iam/iam';
import type { Lambda } from './services/lambda/lambda';
import type { Route53 } from './services/route53';
import type { Sns } from './services/sns';
import type { Sqs } from './services/sqs';

/** Everything a resource can be provisioned into. */
export interface CloudParts {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly accountId: string;
  /** The entry file of each deployment package by its object key. */
  readonly bundles: ReadonlyMap<string, string>;
  /** Whether every execution environment has the language's built-in objects to itself. */
  readonly hasOwnRealms: boolean;
  readonly iam: Iam;
  readonly lambda: Lambda;
  readonly dynamoDb: DynamoDb;
  readonly sqs: Sqs;
  readonly sns: Sns;
  readonly eventBridge: EventBridge;
  readonly cloudWatch: CloudWatch;
  readonly route53: Route53;
  /** HTTP APIs by their id. */
  readonly httpApis: Map<string, HttpApi>;
  /** Integrations of HTTP APIs, by `<api id>/<integration id>`. */
  readonly integrations: Map<string, { readonly functionArn: string; readonly timeoutMs: number }>;
  /** JWT authorizers of HTTP APIs, by `<api id>/<authorizer id>`. */
  readonly authorizers: Map<string, JwtAuthorizer>;
  /** The keys of whoever issues tokens to callers. */
  readonly keySets: KeySets;
  /** The names each certificate covers, by its ARN. */
  readonly certificates: Map<string, readonly string[]>;
  /** Custom domain names by region. */
  readonly customDomains: Map<string, CustomDomains>;
  /** Who lets whom invoke a function. */
  readonly invokePermissions: InvokePermission[];
}

export interface InvokePermission {
  readonly functionArn: string;
  /** The service, such as `apigateway.amazonaws.com`. */
  readonly principal: string;
  /** May hold wildcards. */
  readonly sourceArn: string;
}
