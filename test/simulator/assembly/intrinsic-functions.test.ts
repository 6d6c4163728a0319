import type { Stack } from '../../../simulator/assembly/assembly';
import { resolveIntrinsics, type ResolutionScope } from '../../../simulator/assembly/intrinsic-functions';
import type { Json } from '../../../simulator/services/aws-service';

const STACK: Stack = {
  stackName: 'App',
  region: 'us-east-1',
  template: {
    Resources: {},
    Parameters: { Stage: { Default: 'test' } },
    Mappings: { Sizes: { small: { mb: 128 } } },
    Conditions: {
      IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] },
      IsLive: { 'Fn::Not': [{ Condition: 'IsTest' }] },
    },
  },
};

const SCOPE: ResolutionScope = {
  accountId: '123456789012',
  ref: (_stack, logicalId) => `ref-${logicalId}`,
  attribute: (_stack, logicalId, attribute) => `${logicalId}.${attribute}`,
  stackOutput: (stackName, outputName, region) => `${stackName}/${outputName}/${region}`,
  importValue: (name) => `import-${name}`,
};

const resolve = (value: Json): Json => resolveIntrinsics(value, STACK, SCOPE);

describe('Intrinsic functions', () => {
  it.each<[string, Json, Json]>([
    ['Ref of a resource', { Ref: 'Queue' }, 'ref-Queue'],
    ['Ref of a parameter', { Ref: 'Stage' }, 'test'],
    [
      'the pseudo parameters',
      [{ Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }, { Ref: 'AWS::Partition' }],
      ['us-east-1', '123456789012', 'aws'],
    ],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue.Arn'],
    ['GetAtt as text', { 'Fn::GetAtt': 'Queue.Arn' }, 'Queue.Arn'],
    ['Join', { 'Fn::Join': [':', ['a', { Ref: 'AWS::Region' }]] }, 'a:us-east-1'],
    [
      'Sub with a resource, an attribute, a pseudo parameter and an escape',
      { 'Fn::Sub': '${Queue}-${Queue.Arn}-${AWS::Region}-${!x}' },
      'ref-Queue-Queue.Arn-us-east-1-${x}',
    ],
    ['Sub with names of its own', { 'Fn::Sub': ['${name}!', { name: { Ref: 'Stage' } }] }, 'test!'],
    ['Select and Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    ['If', { 'Fn::If': ['IsTest', 'yes', 'no'] }, 'yes'],
    ['If with a condition of a condition', { 'Fn::If': ['IsLive', 'yes', 'no'] }, 'no'],
    [
      'And and Or',
      { a: { 'Fn::And': [true, { Condition: 'IsLive' }] }, b: { 'Fn::Or': [false, { Condition: 'IsTest' }] } },
      { a: false, b: true },
    ],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', 'small', 'mb'] }, 128],
    ['ImportValue', { 'Fn::ImportValue': 'Shared' }, 'import-Shared'],
    [
      'GetStackOutput of another region',
      { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'Host', Region: 'us-west-2' } },
      'Other/Host/us-west-2',
    ],
    [
      'GetStackOutput of the own region',
      { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'Host' } },
      'Other/Host/us-east-1',
    ],
    [
      'NoValue, which drops its member',
      { kept: 1, dropped: { Ref: 'AWS::NoValue' }, list: [{ Ref: 'AWS::NoValue' }, 2] },
      { kept: 1, list: [2] },
    ],
  ])('resolve %s', (_name, value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  it('are refused by name when they are not known', () => {
    expect(() => resolve({ 'Fn::Cidr': [] })).toThrow('Intrinsic function Fn::Cidr is not modelled. Stack App uses it');
  });
});
