import type { Kernel } from '../../kernel/kernel';
import type { Endpoint, HttpRequest, HttpResponse } from '../../network/http-message';
import type { Iam } from '../iam/iam';
import { isSignatureValid, parseCredentialScope } from '../iam/signature';
import type { InvokeOutcome, Lambda } from '../lambda/lambda';
import type { MetricSink } from '../metric-sink';
import { createProxyEvent } from './proxy-event';
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

/** Requests a second and burst that every API of an account and region share when a stage sets none. */
export const ACCOUNT_THROTTLE = { ratePerSecond: 10_000, burst: 5_000 };

/**
 * One HTTP API with its `$default` stage: routes, IAM authorization, throttling, Lambda proxy integrations with payload
 * format 2.0, and the error bodies that the service answers itself.
 */
export class HttpApi implements Endpoint {
  readonly service = 'execute-api';
  readonly region: string;
  readonly host: string;
  private readonly routes = new RouteTable();
  private readonly permissions = new Map<string, RegExp[]>();
  private throttle = new TokenBucket(ACCOUNT_THROTTLE.ratePerSecond, ACCOUNT_THROTTLE.burst);

  constructor(private readonly options: HttpApiOptions) {
    this.region = options.region;
    this.host = `${options.apiId}.execute-api.${options.region}.amazonaws.com`;
  }

  addRoute(route: Route): void {
    this.routes.add(route);
  }

  /** Sets the stage's default route throttle. */
  setThrottle(ratePerSecond: number, burst: number): void {
    this.throttle = new TokenBucket(ratePerSecond, burst);
  }

  /** Records that the function lets this API invoke it, for the given source ARN pattern. */
  permitInvoke(functionArn: string, sourceArnPattern: string): void {
    const pattern = sourceArnPattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
    const held = this.permissions.get(functionArn) ?? [];
    held.push(new RegExp(`^${pattern}$`));
    this.permissions.set(functionArn, held);
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
    if (!this.throttle.take(receivedUs)) return answer(edgeError(429, 'Too Many Requests'));
    const match = this.routes.match(request.method, pathOf(request));
    if (match === undefined) return answer(edgeError(404, 'Not Found'));
    const caller = this.authorize(request, match.route);
    if (caller === 'forbidden') return answer(edgeError(403, 'Forbidden'));
    return this.integrate(request, match, caller, answer);
  }

  // Signature Version 4 for this region, then the identity's own policy.
  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
  private authorize(request: HttpRequest, route: Route): string | undefined {
    if (route.authorizationType === 'NONE') return undefined;
    const { iam, accountId, apiId } = this.options;
    const scope = parseCredentialScope(request);
    if (scope === undefined || scope.region !== this.region || scope.service !== 'execute-api') return 'forbidden';
    const principal = iam.principalOf(scope.accessKeyId);
    const secret = iam.secretOf(scope.accessKeyId);
    if (principal === undefined || secret === undefined) return 'forbidden';
    if (!isSignatureValid(request, scope, secret)) return 'forbidden';
    const resource = `arn:aws:execute-api:${this.region}:${accountId}:${apiId}/$default/${request.method}${pathOf(request)}`;
    return iam.authorize(principal, 'execute-api:Invoke', resource) ? principal : 'forbidden';
  }

  private integrate(
    request: HttpRequest,
    match: RouteMatch,
    principal: string | undefined,
    answer: (response: HttpResponse) => void,
  ): void {
    const { kernel, lambda, accountId, apiId } = this.options;
    const { route } = match;
    if (!this.mayInvoke(route)) return answer(edgeError(500, 'Internal Server Error'));
    const event = createProxyEvent({
      request,
      match,
      principal,
      accountId,
      apiId,
      requestId: kernel.random(`request-id/execute-api/${this.region}`).uuid(),
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
    const source = `arn:aws:execute-api:${this.region}:${this.options.accountId}:${this.options.apiId}/$default/${route.routeKey.replace(' ', '')}`;
    return (this.permissions.get(route.functionArn) ?? []).some((pattern) => pattern.test(source));
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

// HTTP APIs have no gateway responses: what the service answers itself has this form and no Retry-After.
function edgeError(status: number, message: string): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
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
