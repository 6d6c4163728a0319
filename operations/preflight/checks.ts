import { CAPACITY } from '../../blueprint/capacity';
import type { Configuration } from '../../blueprint/configuration';
import { monthlyCost } from '../cost';
import type { CloudAssembly, SynthesizedStack } from '../cloud-assembly';
import { templateFindings } from '../template-rules';
import { listOf, objectOf, resourcesOf } from '../template-rules/template-rule';
import { textOf } from '../template-rules/template-text';
import type { Account } from './account';
import { replacementFindings } from './replacements';
import { unanswered, type PreflightFinding } from './finding';

export interface PreflightInputs {
  readonly account: Account;
  readonly assembly: CloudAssembly;
  readonly configuration: Configuration;
}

type Check = (inputs: PreflightInputs) => Promise<readonly PreflightFinding[]>;

export const BOOTSTRAP_STACK = 'CDKToolkit';
/** What templates of aws-cdk-lib 2 ask of it. */
const BOOTSTRAP_VERSION_MIN = 6;
/** Lambda lets nobody reserve these (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html). */
const UNRESERVED_MIN = 100;
/** "Concurrent executions" of Lambda in Service Quotas. */
const QUOTA_CODE = 'L-B99A9384';

const regionsOf = ({ stacks }: CloudAssembly): string[] => [...new Set(stacks.map(({ region }) => region))].toSorted();

/** Asks for each of them; what is not answered is a finding of its own. */
async function forEach<T>(
  check: string,
  items: readonly T[],
  regionOf: (item: T) => string | undefined,
  ask: (item: T) => Promise<readonly PreflightFinding[]>,
): Promise<PreflightFinding[]> {
  const found = await Promise.all(
    items.map((item) => ask(item).catch((error: unknown) => [unanswered(check, regionOf(item), error)])),
  );
  return found.flat();
}

/** Every region that has a stack of ours, us-east-1 for Route 53 among them, must have been bootstrapped. */
export const bootstrap: Check = ({ account, assembly }) =>
  forEach('bootstrap', regionsOf(assembly), String, async (region) => {
    const blocker = (text: string): PreflightFinding[] => [
      { check: 'bootstrap', level: 'blocker', region, text, fix: `npx cdk bootstrap aws://ACCOUNT/${region}` },
    ];
    const stack = await account.stack(region, BOOTSTRAP_STACK);
    if (stack === undefined) return blocker(`${region} is not bootstrapped: CDK has nowhere to put its packages.`);
    if (!isUsable(stack.status)) return blocker(`The stack ${BOOTSTRAP_STACK} of ${region} is ${stack.status}.`);
    const version = Number(stack.outputs['BootstrapVersion'] ?? 0);
    return version >= BOOTSTRAP_VERSION_MIN
      ? []
      : blocker(`${region} is bootstrapped with version ${version}, and ${BOOTSTRAP_VERSION_MIN} is needed.`);
  });

const isUsable = (status: string): boolean =>
  ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE'].includes(status);

/** New accounts have ten executions in each region, and the region nobody has used yet is the one that still has. */
export const concurrency: Check = ({ account, assembly, configuration }) => {
  const { stage, primaryRegion, standbyRegion, witnessRegion } = configuration;
  return forEach('concurrency', [primaryRegion, standbyRegion, witnessRegion], String, async (region) => {
    const needed = region === witnessRegion ? witnessExecutions(configuration) : CAPACITY[stage].accountConcurrencyMin;
    const { limit, unreserved } = await account.concurrency(region);
    const blocker = (text: string, wanted: number): PreflightFinding => ({
      check: 'concurrency',
      level: 'blocker',
      region,
      text,
      fix: `aws service-quotas request-service-quota-increase --service-code lambda --quota-code ${QUOTA_CODE} --desired-value ${wanted} --region ${region}`,
    });
    if (limit < needed) {
      return [
        blocker(
          `The account may have ${limit} executions at once in ${region}, and stage ${stage} needs ${needed}.`,
          needed,
        ),
      ];
    }
    const reserving = await reservedToCome(account, assembly, region);
    const left = unreserved - reserving;
    return reserving === 0 || left >= UNRESERVED_MIN
      ? []
      : [
          blocker(
            `Stage ${stage} reserves ${reserving} executions in ${region}, which leaves ${left} of the ${UNRESERVED_MIN} that nobody may reserve.`,
            limit + UNRESERVED_MIN - left,
          ),
        ];
  });
};

/** Every worker of both regions may be calling the stand-in for payments, while the observer looks. */
const witnessExecutions = ({ stage }: Configuration): number => Math.max(10, 2 * CAPACITY[stage].workers + 1);

/** What the functions of stacks reserve that are not there yet. */
async function reservedToCome(account: Account, assembly: CloudAssembly, region: string): Promise<number> {
  const functions = resourcesOf(assembly, ['AWS::Lambda::Function']).filter(({ stack }) => stack.region === region);
  const reserving = functions.filter(({ properties }) => properties['ReservedConcurrentExecutions'] !== undefined);
  let sum = 0;
  for (const { stack, properties } of reserving) {
    const isThere = (await account.stack(region, stack.stackName)) !== undefined;
    if (!isThere) sum += Number(properties['ReservedConcurrentExecutions']);
  }
  return sum;
}

/** A stack that failed when it was made must be deleted; one that is being changed must be left alone. */
export const stacks: Check = ({ account, assembly }) =>
  forEach(
    'stacks',
    assembly.stacks,
    ({ region }) => region,
    async ({ region, stackName }) => {
      const status = (await account.stack(region, stackName))?.status;
      if (status === undefined || isUsable(status)) return [];
      const blocker = (fix: string): PreflightFinding[] => [
        { check: 'stacks', level: 'blocker', region, text: `The stack ${stackName} is ${status}.`, fix },
      ];
      const within = `--stack-name ${stackName} --region ${region}`;
      if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS') {
        return blocker(`Wait until it is over: aws cloudformation describe-stacks ${within}`);
      }
      if (status === 'UPDATE_ROLLBACK_FAILED') return blocker(`aws cloudformation continue-update-rollback ${within}`);
      return blocker(`It was never made: aws cloudformation delete-stack ${within}`);
    },
  );

/** Tables and queues of our names that are there without our stack: they were kept, or are somebody else's. */
export const names: Check = ({ account, assembly }) =>
  forEach(
    'names',
    assembly.stacks,
    ({ region }) => region,
    async (stack) => {
      if ((await account.stack(stack.region, stack.stackName)) !== undefined) return [];
      const taken = (region: string, what: string, fix: string): PreflightFinding => ({
        check: 'names',
        level: 'blocker',
        region,
        text: `${what} is there already in ${region}, and the stack ${stack.stackName} is not.`,
        fix,
      });
      const found: PreflightFinding[] = [];
      for (const [region, name] of tableNames(stack)) {
        if (!(await account.hasTable(region, name))) continue;
        const fix = `Keep what is in it by an import (npx cdk import ${stack.stackName}), or delete it: aws dynamodb delete-table --table-name ${name} --region ${region}`;
        found.push(taken(region, `The table ${name}`, fix));
      }
      for (const name of namesOf(stack, 'AWS::SQS::Queue', 'QueueName')) {
        if (!(await account.hasQueue(stack.region, name))) continue;
        found.push(
          taken(stack.region, `The queue ${name}`, `Delete it, and wait a minute before its name is free again.`),
        );
      }
      return found;
    },
  );

function namesOf(stack: SynthesizedStack, type: string, property: string): string[] {
  const resources = Object.values(stack.resources).filter(({ Type }) => Type === type);
  return resources.map(({ Properties }) => textOf(Properties?.[property], stack)).filter((name) => name !== '');
}

/** Region and name of each replica. */
function tableNames(stack: SynthesizedStack): (readonly [region: string, name: string])[] {
  const tables = Object.values(stack.resources).filter(({ Type }) => Type === 'AWS::DynamoDB::GlobalTable');
  return tables.flatMap(({ Properties = {} }) =>
    listOf(Properties['Replicas']).map(
      (replica) => [textOf(objectOf(replica)['Region'], stack), textOf(Properties['TableName'], stack)] as const,
    ),
  );
}

/** A zone that is used must be there, public, and the one that is named. */
export const zone: Check = async ({ account, configuration: { customDomain, zoneName } }) => {
  if (customDomain === undefined) {
    return zoneName === undefined
      ? [
          {
            check: 'zone',
            level: 'note',
            text: 'The zone has a name under the reserved suffix .test, to which nobody delegates: callers must ask its own name servers. That Route 53 takes it was not confirmed on a real account.',
            fix: 'Set tandem:zoneName to a delegated subdomain of your own.',
          },
        ]
      : [];
  }
  const { hostedZoneId, zoneName: wanted } = customDomain;
  const blocker = (text: string): PreflightFinding[] => [
    {
      check: 'zone',
      level: 'blocker',
      text,
      fix: 'Correct tandem:hostedZoneId and tandem:zoneName: aws route53 list-hosted-zones',
    },
  ];
  return forEach(
    'zone',
    [hostedZoneId],
    () => undefined,
    async () => {
      const found = await account.zone(hostedZoneId);
      if (found === undefined) return blocker(`There is no zone ${hostedZoneId} in this account.`);
      if (found.isPrivate) return blocker(`The zone ${hostedZoneId} is private: nobody outside could resolve it.`);
      return found.name === wanted
        ? []
        : blocker(`The zone ${hostedZoneId} is ${found.name}, and tandem:zoneName is ${wanted}.`);
    },
  );
};

/** What a deployment would replace that must not be replaced by a plain deployment. */
export const replacements: Check = ({ account, assembly }) =>
  forEach(
    'replacements',
    assembly.stacks,
    ({ region }) => region,
    async (stack) => {
      if ((await account.stack(stack.region, stack.stackName)) === undefined) return [];
      return replacementFindings(stack, await account.template(stack.region, stack.stackName));
    },
  );

/** What is wrong in the templates themselves. */
export const templates: Check = async ({ assembly }) =>
  templateFindings(assembly).map(({ rule, stackName, logicalId, text }) => ({
    check: 'templates',
    level: 'blocker',
    text: `${stackName} ${logicalId}: ${text} (${rule})`,
    fix: 'Correct it in lib/, and run npx jest test/operations/template-rules.',
  }));

/** What it will cost to do nothing with it. */
export const cost: Check = async ({ assembly }) => [
  {
    check: 'cost',
    level: 'note',
    text: `Idle it comes to $${monthlyCost(assembly).dollars.toFixed(2)} a month at list prices.`,
    fix: 'npm run -s tandem -- cost shows where it goes, and -c tandem:footprint=lean halves it.',
  },
];
