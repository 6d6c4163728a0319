import { Kernel } from '../../../simulator/kernel/kernel';
import { Iam } from '../../../simulator/services/iam/iam';
import type { JsonObject } from '../../../simulator/services/aws-service';

const ROLE = 'arn:aws:iam::123456789012:role/worker';
const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders';

function iamWith(...statements: JsonObject[]): Iam {
  const iam = new Iam(new Kernel({ seed: 1 }));
  iam.addPrincipal(ROLE);
  iam.attachPolicy(ROLE, { Statement: statements });
  return iam;
}

describe('IAM', () => {
  it.each([
    ['the exact action and resource', 'dynamodb:PutItem', TABLE, true],
    ['another action', 'dynamodb:GetItem', TABLE, false],
    ['another resource', 'dynamodb:PutItem', `${TABLE}2`, false],
    ['the action in another case, since actions do not heed it', 'DynamoDB:putitem', TABLE, true],
  ])('decides %s', (_name, action, resource, isAllowed) => {
    const iam = iamWith({ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE });

    expect(iam.authorize(ROLE, action, resource)).toBe(isAllowed);
  });

  it('understands wildcards in actions and resources, and nothing else as one', () => {
    const iam = iamWith({
      Effect: 'Allow',
      Action: 'dynamodb:Get*',
      Resource: [`${TABLE}/index/*`, 'arn:aws:s3:::a.c'],
    });

    expect(iam.authorize(ROLE, 'dynamodb:GetItem', `${TABLE}/index/byDate`)).toBe(true);
    expect(iam.authorize(ROLE, 'dynamodb:GetItem', TABLE)).toBe(false);
    expect(iam.authorize(ROLE, 'dynamodb:GetItem', 'arn:aws:s3:::abc')).toBe(false);
  });

  it('lets a deny win over any allow', () => {
    const iam = iamWith(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'sqs:*', Resource: '*' },
    );

    expect(iam.authorize(ROLE, 'dynamodb:PutItem', TABLE)).toBe(true);
    expect(iam.authorize(ROLE, 'sqs:SendMessage', 'arn:aws:sqs:us-east-1:1:q')).toBe(false);
  });

  it('notes each denied call with who, what and on which resource', () => {
    const iam = iamWith();

    iam.authorize(ROLE, 'dynamodb:PutItem', TABLE);

    expect(iam.denials).toEqual([{ timeUs: 0, principal: ROLE, action: 'dynamodb:PutItem', resource: TABLE }]);
  });

  it.each(['Condition', 'NotAction', 'NotResource', 'Principal'])(
    'refuses %s by name instead of ignoring it',
    (member) => {
      expect(() => iamWith({ Effect: 'Allow', Action: '*', Resource: '*', [member]: {} })).toThrow(
        `${member} in an identity policy is not modelled`,
      );
    },
  );

  it('gives each identity credentials that lead back to it', () => {
    const iam = iamWith();

    expect(iam.principalOf(iam.credentialsOf(ROLE).accessKeyId)).toBe(ROLE);
    expect(iam.principalOf('ASIAUNKNOWN')).toBeUndefined();
  });
});
