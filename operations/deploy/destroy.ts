import type { CloudAssembly } from '../cloud-assembly';
import { listOf, objectOf, resourcesOf } from '../template-rules/template-rule';
import { textOf } from '../template-rules/template-text';
import { isAgreed, type DeployOutcome, type DeployRequest } from './deploy';

/** Deletes every stack, the last that was deployed first, and says what stays. It stops at the first failure. */
export async function destroy(request: Omit<DeployRequest, 'bakeMinutes'>): Promise<DeployOutcome> {
  const { platform, assembly, configuration } = request;
  const stacks = assembly.stacks.toReversed();
  platform.say(`Delete in this order: ${stacks.map(({ stackName }) => stackName).join(', ')}.`);
  if (configuration.stage === 'full') platform.say('This is the stage full: customers may be using it.');
  for (const line of leftovers(assembly)) platform.say(`Stays: ${line}`);
  if (!(await isAgreed(request, 'Delete them?'))) return 'refused';
  for (const { stackName, region } of stacks) {
    const command = ['npx', 'cdk', 'destroy', stackName, '--app', assembly.directory, '--exclusively', '--force'];
    if ((await platform.run(command)) === 0) continue;
    platform.say(`Stopped: ${stackName} could not be deleted. What is listed after it still stands.`);
    platform.say(
      `See why with aws cloudformation describe-stack-events --stack-name ${stackName} --region ${region}, and run the same command again.`,
    );
    return 'stopped';
  }
  platform.say('Every stack is gone. What stays is listed above.');
  return 'done';
}

/** What AWS or the templates keep on purpose when every stack is gone. */
export function leftovers(assembly: CloudAssembly): string[] {
  const kept = assembly.stacks.flatMap((stack) =>
    Object.values(stack.resources)
      .filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain' || DeletionPolicy === 'RetainExceptOnCreate')
      .flatMap(({ Type, Properties = {} }) => {
        const name = textOf(Properties['TableName'] ?? Properties['LogGroupName'], stack);
        const regions = listOf(Properties['Replicas']).map((replica) => textOf(objectOf(replica)['Region'], stack));
        const what =
          Type === 'AWS::DynamoDB::GlobalTable' ? 'the table' : Type === 'AWS::Logs::LogGroup' ? 'the log group' : Type;
        return (regions.length > 0 ? regions : [stack.region]).map(
          (region) => `${what} ${name} in ${region}, which is kept with what is in it`,
        );
      }),
  );
  const regions = [...new Set(assembly.stacks.map(({ region }) => region))].toSorted();
  const hasCertificates = resourcesOf(assembly, ['AWS::CertificateManager::Certificate']).length > 0;
  return [
    ...kept,
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
    'a backup of each deleted table, which DynamoDB keeps for 35 days at no cost',
    ...(hasCertificates ? ['the CNAME records in your zone by which ACM validated the certificates'] : []),
    ...regions.map(
      (region) => `the bootstrap of CDK in ${region} (stack CDKToolkit and its bucket), which other apps may use`,
    ),
  ];
}
