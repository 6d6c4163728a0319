import { CAPACITY } from '../../blueprint/capacity';
import type { Configuration } from '../../blueprint/configuration';
import { monthlyCost } from '../cost';
import type { CloudAssembly, SynthesizedStack } from '../cloud-assembly';
import { templateFindings } from '../template-rules';
import { resourcesOf } from '../template-rules/template-rule';
import { textOf } from '../template-rules/template-text';
import type { Account } from './account';
import { unanswered, type PreflightFinding } from './finding';
import { namesToTake, takenFinding } from './names';
import { deployedResources, replacementFindings } from './replacements';

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

/**
 * Names that a stack would take and something else has: it was kept when a stack was deleted, made by hand, or belongs to
 * somebody else. Of a stack that is there, only what it has not made yet is looked at.
 */
export const names: Check = ({ account, assembly }) =>
  forEach(
    'names',
    assembly.stacks,
    ({ region }) => region,
    async (stack) => {
      const { region, stackName } = stack;
      const isThere = (await account.stack(region, stackName)) !== undefined;
      const wanted = namesToTake(stack, isThere ? deployedResources(await account.template(region, stackName)) : {});
      return forEach(
        'names',
        wanted,
        (question) => question.region,
        async (question) => {
          const taken = await account.taken(question);
          return taken.map((name) => takenFinding(question, name, stackName));
        },
      );
    },
  );

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

/** Names of records that the deployment would make, where the zone has others under them: a CNAME stands alone. */
export const records: Check = async ({ account, assembly, configuration: { customDomain } }) => {
  if (customDomain === undefined) return [];
  const { hostedZoneId } = customDomain;
  return forEach(
    'records',
    assembly.stacks.filter((stack) => recordNames(stack, stack.resources).length > 0),
    ({ region }) => region,
    async (stack) => {
      const { region, stackName, resources } = stack;
      const isThere = (await account.stack(region, stackName)) !== undefined;
      const own = isThere ? recordNames(stack, deployedResources(await account.template(region, stackName))) : [];
      const found: PreflightFinding[] = [];
      for (const name of recordNames(stack, resources).filter((each) => !own.includes(each))) {
        const types = await account.recordTypes(hostedZoneId, name);
        if (types.length === 0) continue;
        found.push({
          check: 'records',
          level: 'blocker',
          text: `The zone ${hostedZoneId} has ${name} (${types.join(', ')}) already, and ${stackName} has not made it.`,
          fix: `Delete it, or choose another tandem:domainName: aws route53 list-resource-record-sets --hosted-zone-id ${hostedZoneId}`,
        });
      }
      return found;
    },
  );
};

/** Each name once, without the dot at its end: two regions answer to one. */
const recordNames = (stack: SynthesizedStack, resources: SynthesizedStack['resources']): string[] => [
  ...new Set(
    Object.values(resources)
      .filter(({ Type }) => Type === 'AWS::Route53::RecordSet')
      .map(({ Properties }) => textOf(Properties?.['Name'], stack).replace(/\.$/, '')),
  ),
];

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
