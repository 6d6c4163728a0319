import { Stack } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { parseConfiguration } from '../../blueprint/configuration';
import { SERVICES } from '../../blueprint/services';
import cdkJson from '../../cdk.json';
import { bundle } from '../../lib/constructs/bundle';
import { GlobalTable } from '../../lib/constructs/global-table';
import type { TandemStacks } from '../../lib/tandem-app';
import { createApp, plainTemplate, resourcesOf, synthesize } from './synthesis';

const eventual = synthesize();
const strong = synthesize({ 'tandem:consistency': 'strong' });

describe('Global tables', () => {
  const orders = (of: TandemStacks) =>
    Object.values(resourcesOf(plainTemplate(of.data), 'AWS::DynamoDB::GlobalTable')).find(
      ({ Properties }) => Properties['TableName'] === 'tandem-sandbox-orders',
    )!.Properties;
  const indexesOf = (of: TandemStacks) =>
    (orders(of)['GlobalSecondaryIndexes'] as { IndexName: string }[]).map(({ IndexName }) => IndexName);

  test('forget orders by time to live, or where there is none by an index for the sweeper', () => {
    expect(orders(eventual)['TimeToLiveSpecification']).toEqual({ AttributeName: 'keptUntil', Enabled: true });
    expect(indexesOf(eventual)).toEqual(['openOrders', 'customerOrders']);
    expect(orders(strong)['TimeToLiveSpecification']).toBeUndefined();
    expect(indexesOf(strong)).toEqual(['openOrders', 'customerOrders', 'decidedOrders']);
  });

  test.each([
    ['a time to live', { timeToLiveAttribute: 'until' }],
    [
      'local secondary indexes',
      { localSecondaryIndexes: [{ indexName: 'other', sortKey: { name: 'other', type: AttributeType.STRING } }] },
    ],
  ])('are refused %s where they are strongly consistent, when they are synthesized', (what, keys) => {
    const build = (consistency: 'eventual' | 'strong') => {
      const app = createApp({}, { builtinCloudFormationValidation: false });
      const configuration = parseConfiguration({ ...cdkJson.context, 'tandem:consistency': consistency });
      const stack = new Stack(app, 'Data', { env: { region: 'us-east-1' } });
      const key = (name: string) => ({ name, type: AttributeType.STRING });
      new GlobalTable(stack, 'Table', {
        configuration,
        datum: 'orders',
        partitionKey: key('a'),
        sortKey: key('b'),
        ...keys,
      });
      return () => app.synth();
    };

    expect(build('strong')).toThrow(`The table of orders asks for ${what}`);
    expect(build('eventual')).not.toThrow();
  });

  test('take part in no transaction, which a strongly consistent table does not know', () => {
    const code = [...bundle(SERVICES.map(({ entry }) => entry)).values()];

    expect(
      code.filter((text) => /TransactWriteItems|TransactGetItems/.test(text.replaceAll(/"Transact\w+Exception"/g, ''))),
    ).toEqual([]);
  });
});
