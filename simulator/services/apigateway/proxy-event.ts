import type { HttpRequest } from '../../network/http-message';
import type { Claims } from './json-web-token';
import { claimsAsText } from './jwt-authorizer';
import type { RouteMatch } from './route-table';

/** Who calls, as far as the route asks. */
export interface Caller {
  /** The ARN of the identity that signed the request. */
  readonly principal?: string;
  /** What the token says. */
  readonly claims?: Claims;
  /** Those of the route's scopes that the token has; null when the route asks for none. */
  readonly scopes?: readonly string[] | null;
}

export interface ProxyEventParts {
  readonly request: HttpRequest;
  readonly match: RouteMatch;
  readonly caller: Caller;
  readonly accountId: string;
  readonly apiId: string;
  readonly requestId: string;
  readonly epochMs: number;
}

/**
 * The event of a Lambda proxy integration, payload format 2.0.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function createProxyEvent(parts: ProxyEventParts): Record<string, unknown> {
  const { request, match, accountId, apiId, requestId, epochMs } = parts;
  const separator = request.path.indexOf('?');
  const domainName = request.headers['host'] ?? request.host;
  const rawPath = separator < 0 ? request.path : request.path.slice(0, separator);
  const rawQueryString = separator < 0 ? '' : request.path.slice(separator + 1);
  return {
    version: '2.0',
    routeKey: match.route.routeKey,
    rawPath,
    rawQueryString,
    headers: { ...request.headers, 'x-forwarded-proto': 'https' },
    ...(rawQueryString === '' ? {} : { queryStringParameters: queryOf(rawQueryString) }),
    ...(Object.keys(match.pathParameters).length === 0 ? {} : { pathParameters: match.pathParameters }),
    requestContext: {
      accountId,
      apiId,
      ...authorizerOf(parts.caller, accountId),
      domainName,
      domainPrefix: domainName.slice(0, domainName.indexOf('.')),
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: match.route.routeKey,
      stage: '$default',
      time: new Date(epochMs).toUTCString(),
      timeEpoch: epochMs,
    },
    ...(request.body === '' ? {} : { body: request.body }),
    isBase64Encoded: false,
  };
}

function authorizerOf({ principal, claims, scopes }: Caller, accountId: string): object {
  if (principal !== undefined) return { authorizer: { iam: { accountId, userArn: principal } } };
  if (claims !== undefined) return { authorizer: { jwt: { claims: claimsAsText(claims), scopes } } };
  return {};
}

/** Parameters of the same name are one, their values separated by commas. */
function queryOf(rawQueryString: string): Record<string, string> {
  const parameters = new URLSearchParams(rawQueryString);
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(',')]));
}
