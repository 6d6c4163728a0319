import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  type DescribeStacksCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetHostedZoneCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ROUTE53_HOME_REGION } from '../../blueprint/regions';
import type { Account } from './account';
import { takenNames } from './taken-names';

/** The account behind the credentials of this process. @param region whose STS is asked who they are */
export function awsAccount(region: string): Account {
  const at = (where: string) => ({ region: where, maxAttempts: 3 });
  return {
    identity: async () => {
      const { Account: account = '', Arn = '' } = await new STSClient(at(region)).send(
        new GetCallerIdentityCommand({}),
      );
      return { account, arn: Arn };
    },
    stack: async (where, StackName) => {
      const client = new CloudFormationClient(at(where));
      const output = await orUndefined<DescribeStacksCommandOutput>(
        () => client.send(new DescribeStacksCommand({ StackName })),
        // A stack that is not there is a ValidationError, as is every other mistake.
        ({ message }) => message.includes('does not exist'),
      );
      const stack = output?.Stacks?.[0];
      if (stack === undefined) return undefined;
      const outputs = (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']);
      return { status: stack.StackStatus ?? 'UNKNOWN', outputs: Object.fromEntries(outputs) as Record<string, string> };
    },
    template: async (where, StackName) => {
      const { TemplateBody } = await new CloudFormationClient(at(where)).send(new GetTemplateCommand({ StackName }));
      return JSON.parse(TemplateBody ?? '{}') as unknown;
    },
    concurrency: async (where) => {
      const { AccountLimit } = await new LambdaClient(at(where)).send(new GetAccountSettingsCommand({}));
      return {
        limit: AccountLimit?.ConcurrentExecutions ?? 0,
        unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
      };
    },
    taken: (names) => takenNames(names, at(names.region)),
    recordTypes: async (HostedZoneId, name) => {
      const { ResourceRecordSets = [] } = await new Route53Client(at(ROUTE53_HOME_REGION)).send(
        new ListResourceRecordSetsCommand({ HostedZoneId, StartRecordName: name }),
      );
      const own = ResourceRecordSets.filter(({ Name }) => Name?.replace(/\.$/, '') === name);
      return [...new Set(own.map(({ Type }) => String(Type)))];
    },
    zone: async (Id) => {
      const client = new Route53Client(at(ROUTE53_HOME_REGION));
      const output = await orUndefined(
        () => client.send(new GetHostedZoneCommand({ Id })),
        ({ name }) => name === 'NoSuchHostedZone',
      );
      const found = output?.HostedZone;
      if (found === undefined) return undefined;
      return { name: (found.Name ?? '').replace(/\.$/, ''), isPrivate: found.Config?.PrivateZone === true };
    },
  };
}

/** The answer, or undefined when the error says that there is no such thing. */
async function orUndefined<T>(ask: () => Promise<T>, isMissing: (error: Error) => boolean): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && isMissing(error)) return undefined;
    throw error;
  }
}
