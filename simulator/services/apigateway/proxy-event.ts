import type { HttpRequest } from '../../network/http-message';
import type { RouteMatch } from './route-table';

export interface ProxyEventParts {
  readonly request: HttpRequest;
  readonly match: RouteMatch;
  /** The ARN of the identity that signed the request, where the route asks for one. */
  readonly principal: string | undefined;
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
  const rawPath = separator < 0 ? request.path : request.path.slice(0, separator);
  const rawQueryString = separator < 0 ? '' : request.path.slice(separator + 1);
  return {
    version: '2.0',
    routeKey: match.route.routeKey,
    rawPath,
    rawQueryString,
    headers: { ...request.headers, 'x-forwarded-proto': 'https' },
    ...(rawQueryString === ''
      ? {}
      : { queryStringParameters: Object.fromEntries(new URLSearchParams(rawQueryString)) }),
    ...(Object.keys(match.pathParameters).length === 0 ? {} : { pathParameters: match.pathParameters }),
    requestContext: {
      accountId,
      apiId,
      ...(parts.principal === undefined ? {} : { authorizer: { iam: { accountId, userArn: parts.principal } } }),
      domainName: request.host,
      domainPrefix: apiId,
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
