import type { Kernel } from '../../kernel/kernel';
import type { RandomStream } from '../../kernel/random-stream';
import type { Endpoint, HttpRequest, HttpResponse } from '../../network/http-message';
import type { Iam } from '../iam/iam';
import { isSignatureValid, parseCredentialScope } from '../iam/signature';
import type { InvokeOutcome, Lambda } from '../lambda/lambda';
import type { MetricSink } from '../metric-sink';
import { edgeError } from './edge-error';
import { createProxyEvent, type Caller } from './proxy-event';
import { RouteTable, type Route, type RouteMatch } from './route-table';
import { TokenBucket } from './token-bucket';

export interface HttpApiOptions {
  readonly kernel: Kernel;
  readonly lambda: Lambda;
  readonly iam: Iam;
  readonly metrics: MetricSink;
  readonly accountId: string;
  readonly region: string;
  readonly apiId: string;
}

/**
 * The largest request body, which cannot be raised. The status is 413; its message is not documented.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const BODY_BYTES_MAX = 10 * 1024 * 1024;

/** Requests a second and burst that every API of an account and region share when a stage sets none. */
export const ACCOUNT_THROTTLE = { ratePerSecond: 10_000, burst: 5_000 };

/**
 * One HTTP API with its `$default` stage: routes, IAM and JWT authorization, throttling, Lambda proxy integrations with payload
 * format 2.0, and the error bodies that the service answers itself.
 */
export class HttpApi implements Endpoint {
  readonly service = 'execute-api';
  readonly region: string;
  readonly host: string;
  private readonly routes = new RouteTable();
  private readonly permissions = new Map<string, RegExp[]>();
  /** What the permissions say of each route that was asked for. */
  private readonly permitted = new Map<Route, boolean>();
  private readonly routeThrottles = new Map<string, TokenBucket>();
  private readonly requestIds: RandomStream;
  private throttle = new TokenBucket(ACCOUNT_THROTTLE.ratePerSecond, ACCOUNT_THROTTLE.burst);

  constructor(private readonly options: HttpApiOptions) {
    this.region = options.region;
    this.host = `${options.apiId}.execute-api.${options.region}.amazonaws.com`;
    this.requestIds = options.kernel.random(`request-id/execute-api/${options.region}`);
  }

  addRoute(route: Route): void {
    this.routes.add(route);
  }

  hasRoute(routeKey: string): boolean {
    return this.routes.has(routeKey);
  }

  /** Sets the stage's default throttle, which all routes without one of their own share. */
  setThrottle(ratePerSecond: number, burst: number): void {
    this.throttle = new TokenBucket(ratePerSecond, burst);
  }

  /** Gives a route a throttle of its own, in place of the stage's. */
  setRouteThrottle(routeKey: string, ratePerSecond: number, burst: number): void {
    this.routeThrottles.set(routeKey, new TokenBucket(ratePerSecond, burst));
  }

  /** Records that the function lets this API invoke it, for the given source ARN pattern. */
  permitInvoke(functionArn: string, sourceArnPattern: string): void {
    const pattern = sourceArnPattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
    const held = this.permissions.get(functionArn) ?? [];
    held.push(new RegExp(`^${pattern}$`));
    this.permissions.set(functionArn, held);
    this.permitted.clear();
  }

  operation(request: HttpRequest): string {
    const match = this.routes.match(request.method, pathOf(request));
    return match?.route.routeKey ?? `${request.method} (no route)`;
  }

  receive(request: HttpRequest, _from: string, reply: (response: HttpResponse) => void): void {
    const receivedUs = this.options.kernel.nowUs;
    this.put('Count', 1, 'Count');
    const answer = (response: HttpResponse): void => {
      this.put('4xx', response.status >= 400 && response.status < 500 ? 1 : 0, 'Count');
      this.put('5xx', response.status >= 500 ? 1 : 0, 'Count');
      this.put('Latency', (this.options.kernel.nowUs - receivedUs) / 1000, 'Milliseconds');
      reply(response);
    };
    if (isTooLarge(request.body)) return answer(edgeError(413, 'Request Entity Too Large'));
    const match = this.routes.match(request.method, pathOf(request));
    if (!this.throttleOf(match).take(receivedUs)) return answer(edgeError(429, 'Too Many Requests'));
    if (match === undefined) return answer(edgeError(404, 'Not Found'));
    const caller = this.authorize(request, match.route);
    if ('refusal' in caller) return answer(caller.refusal);
    return this.integrate(request, match, caller, answer);
  }

  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
  private throttleOf(match: RouteMatch | undefined): TokenBucket {
    if (this.routeThrottles.size === 0 || match === undefined) return this.throttle;
    return this.routeThrottles.get(match.route.routeKey) ?? this.throttle;
  }

  private authorize(request: HttpRequest, route: Route): Caller | { readonly refusal: HttpResponse } {
    switch (route.authorizationType) {
      case 'NONE':
        return ANYBODY;
      case 'AWS_IAM': {
        const principal = this.principalOf(request);
        return principal === undefined ? { refusal: edgeError(403, 'Forbidden') } : { principal };
      }
      case 'JWT': {
        const decision = route.authorizer!.decide(request, route.scopes ?? [], this.options.kernel.epochMs);
        if (decision.kind === 'allowed') return { claims: decision.claims, scopes: decision.scopes };
        if (decision.kind === 'forbidden') return { refusal: edgeError(403, 'Forbidden') };
        return { refusal: unauthorized(decision.reason) };
      }
    }
  }

  // Signature Version 4 for this region, then the identity's own policy.
  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
  private principalOf(request: HttpRequest): string | undefined {
    const { iam, accountId, apiId } = this.options;
    const scope = parseCredentialScope(request);
    if (scope === undefined || scope.region !== this.region || scope.service !== 'execute-api') return undefined;
    const principal = iam.principalOf(scope.accessKeyId);
    const secret = iam.secretOf(scope.accessKeyId);
    if (principal === undefined || secret === undefined) return undefined;
    if (!isSignatureValid(request, scope, secret)) return undefined;
    const resource = `arn:aws:execute-api:${this.region}:${accountId}:${apiId}/$default/${request.method}${pathOf(request)}`;
    return iam.authorize(principal, 'execute-api:Invoke', resource) ? principal : undefined;
  }

  private integrate(
    request: HttpRequest,
    match: RouteMatch,
    caller: Caller,
    answer: (response: HttpResponse) => void,
  ): void {
    const { kernel, lambda, accountId, apiId } = this.options;
    const { route } = match;
    if (!this.mayInvoke(route)) return answer(edgeError(500, 'Internal Server Error'));
    const event = createProxyEvent({
      request,
      match,
      caller,
      accountId,
      apiId,
      requestId: this.requestIds.uuid(),
      epochMs: kernel.epochMs,
    });
    let isAnswered = false;
    const answerOnce = (response: HttpResponse): void => {
      if (isAnswered) return;
      isAnswered = true;
      kernel.cancel(timeout);
      answer(response);
    };
    const timeout = kernel.after(route.timeoutMs * 1000, () => answerOnce(edgeError(503, 'Service Unavailable')));
    lambda.invoke(route.functionArn, event, (outcome) => answerOnce(toResponse(outcome)));
  }

  private mayInvoke(route: Route): boolean {
    let isPermitted = this.permitted.get(route);
    if (isPermitted === undefined) {
      const source = `arn:aws:execute-api:${this.region}:${this.options.accountId}:${this.options.apiId}/$default/${route.routeKey.replace(' ', '')}`;
      isPermitted = (this.permissions.get(route.functionArn) ?? []).some((pattern) => pattern.test(source));
      this.permitted.set(route, isPermitted);
    }
    return isPermitted;
  }

  private put(name: string, value: number, unit: string): void {
    const { metrics, apiId, region } = this.options;
    metrics.put({ region, namespace: 'AWS/ApiGateway', name, dimensions: { ApiId: apiId }, value, unit });
  }
}

function pathOf(request: HttpRequest): string {
  const end = request.path.indexOf('?');
  return end < 0 ? request.path : request.path.slice(0, end);
}

const ANYBODY: Caller = {};

// A character is three bytes at most for each unit of its length, so most bodies need no counting.
function isTooLarge(body: string): boolean {
  return body.length * 3 > BODY_BYTES_MAX && Buffer.byteLength(body) > BODY_BYTES_MAX;
}

// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html
function unauthorized(reason: string): HttpResponse {
  const error = reason === '' ? '' : ` scope="" error="invalid_token" error_description="${reason}"`;
  return edgeError(401, 'Unauthorized', { 'www-authenticate': `Bearer${error}` });
}

// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
function toResponse(outcome: InvokeOutcome): HttpResponse {
  if (outcome.kind === 'throttled') return edgeError(503, 'Service Unavailable');
  if (outcome.kind === 'function-error') return edgeError(500, 'Internal Server Error');
  const payload = JSON.parse(outcome.payload) as {
    statusCode?: unknown;
    headers?: Record<string, unknown>;
    body?: string;
  };
  if (typeof payload !== 'object' || payload === null || typeof payload.statusCode !== 'number') {
    // Without a status code the whole payload is the body of a 200.
    return { status: 200, headers: { 'content-type': 'application/json' }, body: outcome.payload };
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(payload.headers ?? {})) headers[name.toLowerCase()] = String(value);
  return { status: payload.statusCode, headers, body: payload.body ?? '' };
}
