import type { TemplateValue } from '../cloud-assembly';
import { listOf, objectOf, resourcesOf, ruleOf, type PlacedResource, type TemplateRule } from './template-rule';
import { parseArn, textOf } from './template-text';

/** A queue without encryption at rest, or one that answers calls without TLS. */
export const queues = ruleOf('queue-is-encrypted', ['AWS::SQS::Queue'], ({ logicalId, stack, properties }) => {
  const isEncrypted = properties['SqsManagedSseEnabled'] === true || properties['KmsMasterKeyId'] !== undefined;
  return [
    ...(isEncrypted ? [] : ['It is not encrypted at rest: set SqsManagedSseEnabled.']),
    ...(deniesPlainText(stack.resources, logicalId, 'AWS::SQS::QueuePolicy', 'Queues')
      ? []
      : ['No policy denies calls without TLS.']),
  ];
});

/** A topic that takes calls without TLS. */
export const topics = ruleOf('topic-wants-tls', ['AWS::SNS::Topic'], ({ logicalId, stack }) =>
  deniesPlainText(stack.resources, logicalId, 'AWS::SNS::TopicPolicy', 'Topics')
    ? []
    : ['No policy denies calls without TLS.'],
);

function deniesPlainText(
  resources: PlacedResource['stack']['resources'],
  logicalId: string,
  policyType: string,
  listProperty: string,
): boolean {
  return Object.values(resources).some(({ Type, Properties = {} }) => {
    if (Type !== policyType || !JSON.stringify(Properties[listProperty] ?? '').includes(`"${logicalId}"`)) return false;
    return statementsOf(Properties['PolicyDocument']).some(
      ({ Effect, Condition }) => Effect === 'Deny' && JSON.stringify(Condition ?? '').includes('aws:SecureTransport'),
    );
  });
}

const statementsOf = (document: TemplateValue | undefined): Readonly<Record<string, TemplateValue>>[] =>
  listOf(objectOf(document)['Statement']).map(objectOf);

/** A log group that never forgets, which is what it does when nobody says anything. */
export const logGroups = ruleOf('log-group-forgets', ['AWS::Logs::LogGroup'], ({ properties }) =>
  properties['RetentionInDays'] === undefined ? ['It keeps its logs for ever: set RetentionInDays.'] : [],
);

/**
 * A grant with a wildcard in its actions or resources, of an action on a resource of another service, or of everything but
 * something; and a policy of AWS's own, which is broader than anything that is written by hand.
 */
export const grants = ruleOf(
  'grant-is-narrow',
  ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role'],
  (resource) => {
    const { type, properties, stack } = resource;
    const documents =
      type === 'AWS::IAM::Role'
        ? listOf(properties['Policies']).map((policy) => objectOf(policy)['PolicyDocument'])
        : [properties['PolicyDocument']];
    const managed = listOf(properties['ManagedPolicyArns']).map(
      (arn) => `It has the policy ${textOf(arn, stack)} of AWS.`,
    );
    return [
      ...(type === 'AWS::IAM::Role' ? managed : []),
      ...documents.flatMap(statementsOf).flatMap((statement) => grantComplaints(statement, resource)),
    ];
  },
);

function grantComplaints(statement: Readonly<Record<string, TemplateValue>>, { stack }: PlacedResource): string[] {
  if (statement['Effect'] !== 'Allow') return [];
  const actions = listOf(statement['Action']).map((action) => textOf(action, stack));
  const resources = listOf(statement['Resource']).map((resource) => textOf(resource, stack));
  const negated = ['NotAction', 'NotResource'].filter((key) => statement[key] !== undefined);
  return [
    ...negated.map((key) => `It allows by ${key}: everything that is not named.`),
    ...actions.filter((action) => action.includes('*')).map((action) => `It allows ${action}: name the actions.`),
    ...resources
      .filter((each) => each.includes('*'))
      .map((each) => `It allows ${actions.join(', ')} on ${each}: name the resources.`),
    ...resources.flatMap((text) => {
      const service = parseArn(text)?.service;
      const foreign = actions.filter((action) => service !== undefined && action.split(':')[0] !== service);
      return foreign.map((action) => `It allows ${action} on a resource of ${service}.`);
    }),
  ];
}

/** A policy of a queue or a topic that lets anybody in. */
export const resourcePolicies = ruleOf(
  'policy-names-who',
  ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'],
  ({ properties }) =>
    statementsOf(properties['PolicyDocument'])
      .filter(({ Effect, Condition }) => Effect === 'Allow' && Condition === undefined)
      .filter(({ Principal }) => Principal === '*' || JSON.stringify(Principal ?? '').includes('"*"'))
      .map(({ Action }) => `It allows ${listOf(Action).join(', ')} to everybody.`),
);

const SECRETS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an access key', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a password or a secret', /"[A-Z_]*(PASSWORD|SECRET|TOKEN|API_?KEY)[A-Z_]*":"[^"{]+"/i],
];

/** A secret in a template, where everybody who may describe a stack reads it. */
export const secrets: TemplateRule = {
  name: 'template-holds-no-secret',
  findings: (assembly) =>
    resourcesOf(assembly).flatMap(({ stack, logicalId, properties }) => {
      const text = JSON.stringify(properties);
      return SECRETS.filter(([, pattern]) => pattern.test(text)).map(([what]) => ({
        rule: 'template-holds-no-secret',
        stackName: stack.stackName,
        logicalId,
        text: `It holds ${what}.`,
      }));
    }),
};
