import { Resolver, resolve4 } from 'node:dns/promises';
import { createInterface } from 'node:readline/promises';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { HttpRequest } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { TIME_BUDGETS } from '../blueprint/time-budgets';
import { updateOf } from './attribute-update';
import type { HttpAnswer, PlainItem, SwitchPlatform } from './switch-platform';

export interface AwsSwitchPlatformOptions {
  /** Names of the zone's own name servers. @default - the system's resolver, for a zone that is delegated */
  readonly nameServers?: readonly string[];
}

const CONNECT_MS = 2_000;
/** A region that is gone answers nothing: a person who is paged must hear that in seconds, not in the SDK's own time. */
const BOUNDED = {
  connectionTimeout: CONNECT_MS,
  requestTimeout: TIME_BUDGETS.operatorAttemptMs - CONNECT_MS,
  throwOnRequestTimeout: true,
};
const DNS_ATTEMPT = { timeout: 2_000, tries: 2 } as const;

/** The world of the switch on AWS. Every call goes to the region that is named, or to a name server. */
export function awsSwitchPlatform({ nameServers = [] }: AwsSwitchPlatformOptions = {}): SwitchPlatform {
  const transport = new NodeHttpHandler(BOUNDED);
  const bounded = (region: string) => ({
    region,
    maxAttempts: TIME_BUDGETS.sdk.attempts,
    requestHandler: new NodeHttpHandler(BOUNDED),
  });
  const dynamoDb = perRegion((region) => new DynamoDBClient(bounded(region)));
  const sqs = perRegion((region) => new SQSClient(bounded(region)));
  return {
    now: () => Date.now(),
    sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    httpGet: (host, path) => httpGet(transport, host, path),
    resolveText: (name) => resolveText(nameServers, name),
    readItem: async ({ region, tableName }, key) => {
      const Key = toAttributes(key);
      const { Item } = await dynamoDb(region).send(
        new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
      );
      return Item === undefined ? undefined : toPlainItem(Item);
    },
    writeItem: async ({ region, tableName }, item) => {
      await dynamoDb(region).send(new PutItemCommand({ TableName: tableName, Item: toAttributes(item) }));
    },
    updateItem: async ({ region, tableName }, key, attributes) => {
      const update = { TableName: tableName, Key: toAttributes(key), ...updateOf(attributes, toAttribute) };
      await dynamoDb(region).send(new UpdateItemCommand(update));
    },
    countMessages: async (region, QueueUrl) => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const];
      const { Attributes } = await sqs(region).send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      return Number(Attributes?.['ApproximateNumberOfMessages']);
    },
    ask,
    say: (line) => console.log(line),
  };
}

function perRegion<T>(create: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const known = made.get(region) ?? create(region);
    made.set(region, known);
    return known;
  };
}

async function httpGet(transport: NodeHttpHandler, hostname: string, path: string): Promise<HttpAnswer | undefined> {
  const request = new HttpRequest({ protocol: 'https:', hostname, method: 'GET', path, headers: { host: hostname } });
  try {
    const { response } = await transport.handle(request);
    let body = '';
    for await (const chunk of response.body as AsyncIterable<Buffer>) body += chunk.toString('utf8');
    return { status: response.statusCode, body };
  } catch {
    // Refused, unreachable, too late: for the person who looks they are one thing, no answer.
    return undefined;
  }
}

async function resolveText(nameServers: readonly string[], name: string): Promise<string | undefined> {
  const resolver = new Resolver(DNS_ATTEMPT);
  try {
    if (nameServers.length > 0) resolver.setServers((await Promise.all(nameServers.map(addressesOf))).flat());
    const [chunks] = await resolver.resolveTxt(name);
    return chunks?.join('');
  } catch {
    return undefined;
  }
}

/** One of four name servers that cannot be found must not hide the other three. */
const addressesOf = (nameServer: string): Promise<string[]> => resolve4(nameServer).catch(() => []);

async function ask(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.log(`${question} There is nobody to ask: add --yes when you mean it.`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(`${question} Type yes: `)).trim() === 'yes';
  } finally {
    terminal.close();
  }
}

const toAttributes = (item: PlainItem): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toAttribute(value)]));

function toAttribute(value: string | number | boolean): AttributeValue {
  if (typeof value === 'string') return { S: value };
  return typeof value === 'number' ? { N: String(value) } : { BOOL: value };
}

/** Attributes of other types are none of the switch's business. */
function toPlainItem(item: Record<string, AttributeValue>): PlainItem {
  const plain: Record<string, string | number | boolean> = {};
  for (const [name, { S, N, BOOL }] of Object.entries(item)) {
    const value = S ?? BOOL ?? (N === undefined ? undefined : Number(N));
    if (value !== undefined) plain[name] = value;
  }
  return plain;
}
