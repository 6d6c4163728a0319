import { RequestSigner } from '../../../client';
import { Kernel } from '../../../simulator/kernel/kernel';
import type { HttpRequest, HttpResponse } from '../../../simulator/network/http-message';
import { Network } from '../../../simulator/network/network';
import { Bundle } from '../../../simulator/runtime/bundle';
import { HttpApi } from '../../../simulator/services/apigateway/http-api';
import { Iam } from '../../../simulator/services/iam/iam';
import { Lambda } from '../../../simulator/services/lambda/lambda';

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const ROLE = 'arn:aws:iam::123456789012:role/f';
const CALLER = 'arn:aws:iam::123456789012:role/caller';

function createWorld(code: string, options: { isPermitted?: boolean; mayInvoke?: string } = {}) {
  const kernel = new Kernel({ seed: 1 });
  const iam = new Iam(kernel);
  for (const principal of [ROLE, CALLER]) iam.addPrincipal(principal);
  iam.attachPolicy(CALLER, {
    Statement: [
      {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: options.mayInvoke ?? 'arn:aws:execute-api:us-east-1:*:api1/*',
      },
    ],
  });
  const metrics: Record<string, number> = {};
  const sink = {
    put: ({ name, value }: { name: string; value: number }) => void (metrics[name] = (metrics[name] ?? 0) + value),
  };
  const lambda = new Lambda({
    kernel,
    network: new Network(kernel),
    iam,
    accountId: '123456789012',
    metrics: sink,
    onLogLine: () => undefined,
  });
  lambda.createFunction({
    region: 'us-east-1',
    functionName: 'f',
    arn: FUNCTION,
    roleArn: ROLE,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    bundle: new Bundle(code),
    timeoutSeconds: 60,
    memoryMb: 128,
    environmentVariables: {},
    logGroupName: 'g',
  });
  const api = new HttpApi({
    kernel,
    lambda,
    iam,
    metrics: sink,
    accountId: '123456789012',
    region: 'us-east-1',
    apiId: 'api1',
  });
  const route = { functionArn: FUNCTION, timeoutMs: 30_000 };
  api.addRoute({ ...route, routeKey: 'GET /open/{id}', authorizationType: 'NONE' });
  api.addRoute({ ...route, routeKey: 'POST /closed', authorizationType: 'AWS_IAM' });
  if (options.isPermitted !== false) api.permitInvoke(FUNCTION, 'arn:aws:execute-api:us-east-1:123456789012:api1/*/*');
  const call = async (
    method: string,
    path: string,
    request: Partial<HttpRequest> = {},
  ): Promise<HttpResponse | undefined> => {
    let answer: HttpResponse | undefined;
    api.receive(
      { method, host: api.host, port: 443, path, headers: {}, body: '', ...request },
      'internet',
      (response) => (answer = response),
    );
    await kernel.runUntil(kernel.nowUs + 100_000_000);
    return answer;
  };
  const signed = async (host = api.host, body = '{"a":1}'): Promise<Partial<HttpRequest>> =>
    new RequestSigner(iam.credentialsOf(CALLER)).sign(
      { method: 'POST', host, path: '/closed', headers: {}, body },
      kernel.epochMs,
    );
  return { kernel, iam, api, call, signed, metrics };
}

const ECHO =
  'exports.handler = async (event) => ({ statusCode: 201, headers: { "X-Seen": "yes" }, body: JSON.stringify(event) });';

describe('The HTTP API', () => {
  it('hands the function the event of payload format 2.0 and takes its answer', async () => {
    const { call } = createWorld(ECHO);

    const answer = await call('GET', '/open/a%20b?x=1&y=2&x=3', { headers: { 'user-agent': 'test' } });

    expect(answer).toMatchObject({ status: 201, headers: { 'x-seen': 'yes' } });
    expect(JSON.parse(answer!.body)).toMatchObject({
      version: '2.0',
      routeKey: 'GET /open/{id}',
      rawPath: '/open/a%20b',
      rawQueryString: 'x=1&y=2&x=3',
      queryStringParameters: { x: '1,3', y: '2' },
      pathParameters: { id: 'a b' },
      requestContext: { stage: '$default', http: { method: 'GET', userAgent: 'test' } },
      isBase64Encoded: false,
    });
  });

  it.each([
    ['no route', ECHO, 'GET', '/nowhere', 404, 'Not Found'],
    ['no signature', ECHO, 'POST', '/closed', 403, 'Forbidden'],
    [
      'a function that throws',
      'exports.handler = async () => { throw new Error("x"); };',
      'GET',
      '/open/1',
      500,
      'Internal Server Error',
    ],
    [
      'a function that takes over 30 s',
      'exports.handler = () => new Promise((done) => setTimeout(done, 40_000));',
      'GET',
      '/open/1',
      503,
      'Service Unavailable',
    ],
  ])('answers %s itself', async (_name, code, method, path, status, message) => {
    const { call, metrics } = createWorld(code);

    expect(await call(method, path)).toMatchObject({ status, body: JSON.stringify({ message }) });
    expect(metrics[status < 500 ? '4xx' : '5xx']).toBe(1);
  });

  it('answers 500 when the function does not let the API invoke it', async () => {
    const { call } = createWorld(ECHO, { isPermitted: false });

    expect(await call('GET', '/open/1')).toMatchObject({ status: 500 });
  });

  it('lets a caller in that signed for this region and may invoke, and names it to the function', async () => {
    const { call, signed } = createWorld(ECHO);

    const answer = await call('POST', '/closed', await signed());

    expect(answer!.status).toBe(201);
    expect(JSON.parse(answer!.body)).toMatchObject({ requestContext: { authorizer: { iam: { userArn: CALLER } } } });
  });

  it('refuses a signature for another region', async () => {
    const { call, signed, api } = createWorld(ECHO);
    const request = await signed('api1.execute-api.us-west-2.amazonaws.com');

    expect(await call('POST', '/closed', { ...request, host: api.host })).toMatchObject({ status: 403 });
  });

  it('refuses a body that was changed after signing', async () => {
    const { call, signed } = createWorld(ECHO);

    expect(await call('POST', '/closed', { ...(await signed()), body: '{"a":2}' })).toMatchObject({ status: 403 });
  });

  it('refuses a caller whose policy does not allow it, and notes the denial', async () => {
    const { call, signed, iam } = createWorld(ECHO, { mayInvoke: 'arn:aws:execute-api:us-east-1:*:other/*' });

    expect(await call('POST', '/closed', await signed())).toMatchObject({ status: 403 });
    expect(iam.denials).toHaveLength(1);
  });

  it('throttles by a token bucket', async () => {
    const { api, kernel } = createWorld(ECHO);
    api.setThrottle(1, 2);
    const statuses: number[] = [];
    for (let count = 0; count < 5; count++) {
      api.receive(
        { method: 'GET', host: api.host, port: 443, path: '/open/1', headers: {}, body: '' },
        'internet',
        ({ status }) => statuses.push(status),
      );
    }
    await kernel.runUntil(10_000_000);

    expect(statuses.toSorted()).toEqual([201, 201, 429, 429, 429]);
  });

  it('gives a route with its own throttle a bucket of its own', async () => {
    const { api, kernel } = createWorld(ECHO);
    api.setThrottle(1, 3);
    api.setRouteThrottle('GET /open/{id}', 1, 1);
    const statuses: Record<string, number[]> = { '/open/1': [], '/nowhere': [] };
    for (let count = 0; count < 4; count++) {
      for (const path of Object.keys(statuses)) {
        const request = { method: 'GET', host: api.host, port: 443, path, headers: {}, body: '' };
        api.receive(request, 'internet', ({ status }) => statuses[path]!.push(status));
      }
    }
    await kernel.runUntil(10_000_000);

    expect(statuses['/open/1']!.toSorted()).toEqual([201, 429, 429, 429]);
    expect(statuses['/nowhere']!.toSorted()).toEqual([404, 404, 404, 429]);
  });

  it.each([
    [10 * 1024 * 1024, 'x', 404],
    [10 * 1024 * 1024 + 1, 'x', 413],
    // Three bytes each.
    [4 * 1024 * 1024, '€', 413],
  ])('answers a body of %d times %s with %d', async (length, character, status) => {
    const { call } = createWorld(ECHO);

    expect(await call('POST', '/nowhere', { body: character.repeat(length) })).toMatchObject({ status });
  });

  it('tells a caller without a token why, and names one with a token to the function', async () => {
    const { api, call } = createWorld(ECHO);
    const allowed = { kind: 'allowed', claims: { sub: 'customer-1', exp: 5 }, scopes: null } as const;
    const expired = { kind: 'unauthorized', reason: 'the token has expired' } as const;
    const authorizer = {
      decide: ({ headers }: HttpRequest) => (headers['authorization'] === 'good' ? allowed : expired),
    };
    api.addRoute({
      functionArn: FUNCTION,
      timeoutMs: 30_000,
      routeKey: 'GET /token',
      authorizationType: 'JWT',
      authorizer,
    });

    const bad = await call('GET', '/token', { headers: { authorization: 'bad' } });
    const good = await call('GET', '/token', { headers: { authorization: 'good' } });

    expect(bad).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' });
    expect(bad!.headers['www-authenticate']).toContain('error_description="the token has expired"');
    expect(JSON.parse(good!.body)).toMatchObject({
      requestContext: { authorizer: { jwt: { claims: { sub: 'customer-1', exp: '5' }, scopes: null } } },
    });
  });
});
