import { NotModelled } from '../../kernel/errors';
import type { Json, JsonObject } from '../../services/aws-service';
import type { CloudParts } from '../../cloud-parts';
import { physicalName } from '../physical-name';
import { listOf, objectOf } from '../property-reader';
import type { Resource, ResourceType } from '../resource-type';

const roleArn = (resource: Resource): string =>
  `arn:aws:iam::${resource.accountId}:role/${physicalName(resource, 'RoleName')}`;

/** What the AWS managed policies grant that templates name. Writing logs is not a call the models take, so it is empty. */
const MANAGED_POLICIES: Readonly<Record<string, readonly JsonObject[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': [],
};

export const iamResourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::IAM::Role',
    modelled: ['RoleName', 'Policies', 'ManagedPolicyArns', 'AssumeRolePolicyDocument'],
    harmless: ['Description', 'Tags', 'Path'],
    ref: (resource) => physicalName(resource, 'RoleName'),
    attributes: { Arn: roleArn, RoleId: (resource) => physicalName(resource, 'RoleName') },
    provision: (resource, cloud) => {
      cloud.iam.addPrincipal(roleArn(resource));
      for (const policy of listOf(resource, 'Policies')) attach(cloud, roleArn(resource), policy);
      for (const arn of listOf(resource, 'ManagedPolicyArns')) attachManaged(cloud, roleArn(resource), String(arn));
    },
  },
  {
    type: 'AWS::IAM::Policy',
    modelled: ['PolicyName', 'PolicyDocument', 'Roles'],
    harmless: [],
    ref: (resource) => physicalName(resource, 'PolicyName'),
    provision: (resource, cloud) => {
      for (const role of listOf(resource, 'Roles')) {
        const principal = `arn:aws:iam::${resource.accountId}:role/${String(role)}`;
        cloud.iam.attachPolicy(principal, objectOf(resource, 'PolicyDocument'));
      }
    },
  },
];

function attach(cloud: CloudParts, principal: string, policy: Json): void {
  cloud.iam.attachPolicy(principal, (policy as JsonObject).PolicyDocument as JsonObject);
}

function attachManaged(cloud: CloudParts, principal: string, arn: string): void {
  const name = arn.slice(arn.indexOf(':policy/') + ':policy/'.length);
  const statements = MANAGED_POLICIES[name];
  if (statements === undefined) {
    throw new NotModelled(`Managed policy ${arn}`, 'State its grants in the template instead.');
  }
  cloud.iam.attachPolicy(principal, { Statement: [...statements] });
}
