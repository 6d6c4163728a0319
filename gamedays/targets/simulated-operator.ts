import { stackName } from '../../blueprint/names';
import type { Stage } from '../../blueprint/capacity';
import { parseDeployment, type Deployment } from '../../operations/deployment';
import { evacuate, failBack } from '../../operations/region-switch';
import type { PlainItem, SwitchPlatform, TableAddress } from '../../operations/switch-platform';
import { INTERNET, type Cloud } from '../../simulator';
import type { OperatorStep } from '../game-day';
import type { OperatorReport } from './target';

/** The person who runs the system never waits longer for an answer. */
const ANSWER_MS = 3_000;

/** Runs a command of the runbooks in the embedded cloud: the same code that stands behind the command line. */
export async function operate(
  cloud: Cloud,
  deployment: Deployment,
  step: OperatorStep,
  region: string,
): Promise<OperatorReport> {
  const said: string[] = [];
  const platform = switchPlatform(cloud, (line) => said.push(line));
  // Enters virtual time: what follows begins with an event of its own.
  await platform.sleep(0);
  const command = step.command === 'evacuate' ? evacuate : failBack;
  const forceReason = step.forceReason === undefined ? {} : { forceReason: step.forceReason };
  const outcome = await command({ platform, deployment, region, isConfirmed: true, ...forceReason });
  return { command: step.command, region, outcome, said };
}

/** What `cdk deploy --outputs-file` would have written. */
export function deploymentOf(cloud: Cloud, stage: Stage, servingRegions: readonly string[]): Deployment {
  const read = (stack: string, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, String(cloud.deployment.output(stack, name))]));
  const ofRegion = ['PublicHost', 'HealthHost', 'HealthPath', 'WorkQueueUrl'];
  return parseDeployment({
    [stackName(stage, 'Routing')]: read(stackName(stage, 'Routing'), ['ServiceName']),
    ...Object.fromEntries(
      servingRegions.map((region) => {
        const stack = stackName(stage, `Service-${region}`);
        return [stack, read(stack, ofRegion)];
      }),
    ),
  });
}

function switchPlatform(cloud: Cloud, say: (line: string) => void): SwitchPlatform {
  const reach = async (region: string): Promise<void> => {
    if (cloud.network.faults.isOpen(INTERNET, region)) return;
    await cloud.sleep(ANSWER_MS);
    throw new Error(`No answer within ${ANSWER_MS} ms.`);
  };
  return {
    now: () => cloud.kernel.epochMs,
    sleep: (durationMs) => cloud.sleep(durationMs),
    httpGet: (host, path) =>
      cloud.request({ method: 'GET', host, port: 443, path, headers: { host }, body: '' }, ANSWER_MS),
    resolveText: async (name) => cloud.route53.answer(name, 'TXT').values[0],
    readItem: async ({ region, tableName }, key) => {
      await reach(region);
      const input = { TableName: tableName, Key: toAttributes(key), ConsistentRead: true };
      const { Item } = cloud.dynamoDb.execute({ region, operation: 'GetItem', input });
      return Item === undefined ? undefined : toPlain(Item as Attributes);
    },
    writeItem: async ({ region, tableName }: TableAddress, item: PlainItem) => {
      await reach(region);
      const input = { TableName: tableName, Item: toAttributes(item) };
      cloud.dynamoDb.execute({ region, operation: 'PutItem', input });
    },
    countMessages: async (region, queueUrl) => {
      await reach(region);
      const arn = `arn:aws:sqs:${region}:${cloud.accountId}:${queueUrl.split('/').at(-1)!}`;
      return [...cloud.sqs.messages(arn)].length;
    },
    ask: () => Promise.resolve(true),
    say,
  };
}

type Attributes = Record<string, { readonly S?: string; readonly N?: string; readonly BOOL?: boolean }>;

function toAttributes(item: PlainItem): Record<string, { S: string } | { N: string } | { BOOL: boolean }> {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => {
      if (typeof value === 'string') return [name, { S: value }];
      return [name, typeof value === 'number' ? { N: String(value) } : { BOOL: value }];
    }),
  );
}

function toPlain(attributes: Attributes): PlainItem {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { S, N, BOOL }]) => [name, S ?? (N === undefined ? BOOL! : Number(N))]),
  );
}
