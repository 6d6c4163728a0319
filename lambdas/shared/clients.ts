import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Logger, MetadataBearer, MiddlewareStack, RetryStrategy, RetryStrategyV2 } from '@smithy/types';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { collectBody } from './collect-body';
import { keepSigner, type MakeSigner } from './keep-signer';
import { plainJson, type SerdeSettings } from './plain-json';
import { resolveOnce } from './resolve-once';
import { Sha256 } from './sha256';

const { connectMs, attemptMs, attempts } = TIME_BUDGETS.sdk;

/** What the SDK warns of, such as too few sockets, is worth a line; nothing else that it may say is. */
const WARNINGS_ONLY: Logger = {
  trace: () => {},
  debug: () => {},
  info: () => {},
  warn: (...content: unknown[]) => console.warn(...content),
  error: () => {},
};

const LEAN = {
  // Each command's middleware is put together once, not at every call. Nothing here adds middleware later.
  cacheMiddleware: true,
  logger: WARNINGS_ONLY,
  sha256: Sha256,
  streamCollector: collectBody,
};

/**
 * Bounded in every direction. Without `throwOnRequestTimeout` a late reply is only logged, and a call into a silent
 * network hangs until the function itself times out.
 */
export const BOUNDED = {
  ...LEAN,
  maxAttempts: attempts,
  requestHandler: { connectionTimeout: connectMs, requestTimeout: attemptMs, throwOnRequestTimeout: true },
};

/** @param region @default - the region in which the code runs */
export const createDynamoDb = (region?: string): DynamoDBClient =>
  leanDynamoDb(new DynamoDBClient(region === undefined ? BOUNDED : { ...BOUNDED, region }));
export const createSqs = (): SQSClient => lean(new SQSClient(BOUNDED));

const { control } = TIME_BUDGETS;

/** For the control item: once, and briefly. An order must not wait for what only regulates it. */
export const createControlDynamoDb = (): DynamoDBClient =>
  leanDynamoDb(
    new DynamoDBClient({
      ...LEAN,
      maxAttempts: control.attempts,
      requestHandler: {
        connectionTimeout: control.attemptMs,
        requestTimeout: control.attemptMs,
        throwOnRequestTimeout: true,
      },
    }),
  );

/**
 * What the SDK does in every call and nobody here reads: it filters the whole input and output for a log that is not
 * kept, and puts together from the start the headers that name the SDK. Who calls is said by the role. Together with the
 * detection of loops they are a tenth of a call's work.
 */
const UNREAD = ['loggerMiddleware', 'getUserAgentMiddleware'];
/**
 * Passes the trace on by which Lambda finds functions that call themselves in a circle, over a queue or a topic. No table
 * here has a function behind it.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
const LOOP_DETECTION = 'recursionDetectionMiddleware';

type ProvidedStrategy = RetryStrategy | RetryStrategyV2;

interface SdkClient {
  readonly config: SerdeSettings & {
    signer: MakeSigner;
    retryStrategy: () => Promise<ProvidedStrategy>;
  };
  readonly middlewareStack: MiddlewareStack<object, MetadataBearer>;
}

/** The client without what nobody reads or what is known already, and with settings that are copied quickly. */
export function lean<Client extends SdkClient>(client: Client): Client {
  for (const name of UNREAD) client.middlewareStack.remove(name);
  resolveOnce(client.middlewareStack);
  keepSigner(client.config);
  leaveFirstAttemptsUntraced(client);
  return withCompactConfiguration(client);
}

/**
 * Before the first attempt of a call the SDK makes an error, should it need one later, and V8 finds out where that was, through
 * everybody who waits for the call. The step in which it does so, and no other, is taken without traces.
 */
function leaveFirstAttemptsUntraced({ config }: SdkClient): void {
  const provide = config.retryStrategy;
  let strategy: Promise<ProvidedStrategy> | undefined;
  config.retryStrategy = () => (strategy ??= provide().then(untracedAtFirst));
}

function untracedAtFirst(strategy: ProvidedStrategy): ProvidedStrategy {
  if ('acquireInitialRetryToken' in strategy) {
    const acquire = strategy.acquireInitialRetryToken.bind(strategy);
    strategy.acquireInitialRetryToken = (scope) => withUntracedListener(acquire(scope));
  }
  return strategy;
}

/**
 * Whoever waits for what is returned goes on without traces until he waits again. Listeners of a promise are called in the order
 * in which they came, with nobody between them, and those that are added here stand directly before and behind him.
 */
function withUntracedListener<T>(promise: Promise<T>): Promise<T> {
  let { stackTraceLimit } = Error;
  const heard = new Promise<T>((resolve, reject) => {
    promise.then((value) => {
      listen(() => (Error.stackTraceLimit = stackTraceLimit));
      resolve(value);
    }, reject);
  });
  const listen = (listener: () => void): void => void heard.then(listener, () => undefined);
  listen(() => {
    ({ stackTraceLimit } = Error);
    Error.stackTraceLimit = 0;
  });
  return heard;
}

function leanDynamoDb(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.remove(LOOP_DETECTION);
  return lean(client);
}

/** What a call knows beside its client's settings. The SDK lays it over the copies of them that it makes. */
const KNOWN_IN_CALLS = [
  'clientName',
  'commandName',
  'inputFilterSensitiveLog',
  'outputFilterSensitiveLog',
  'endpointV2',
  'authSchemes',
  '__smithy_context',
  '__aws_sdk_context',
];
/** V8 looks at where an object stands only after some reads through it, when it collects feedback. */
const READS_UNTIL_COMPACT = 200;

/**
 * The client with settings that V8 copies and reads quickly. The SDK adds them one by one, which leaves them in a hash table, one
 * of them has a getter, and every call copies all fifty three times, name by name. What is read from JSON has room for each of
 * its names from the start, and all that have the same names are laid out alike: copying them is copying memory.
 *
 * What the client's own middleware holds is the settings as they were. It only reads them, which is quick once V8 has laid
 * them out compactly, as it does with what others inherit from. A setting that is changed from here on is not noticed there.
 */
function withCompactConfiguration<Client extends SdkClient>(client: Client): Client {
  const settings = client.config;
  const heir = Object.create(settings) as { readonly region?: unknown };
  for (let reads = 0; reads < READS_UNTIL_COMPACT; reads++) void heir.region;
  const names = [...Object.keys(settings), ...KNOWN_IN_CALLS];
  const room = JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null])))) as object;
  const unknown = Object.fromEntries(KNOWN_IN_CALLS.map((name) => [name, undefined]));
  const config = Object.assign(room, unknown, settings);
  Object.assign(client, { config });
  client.middlewareStack.use(plainJson(config));
  return client;
}
