import { RemovalPolicy } from 'aws-cdk-lib';
import { Billing, MultiRegionConsistency, TableV2, type TablePropsV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Configuration } from '../../blueprint/configuration';
import type { DatumName } from '../../blueprint/data';
import { datumResourceName } from '../../blueprint/names';

export interface GlobalTableProps extends Pick<
  TablePropsV2,
  'partitionKey' | 'sortKey' | 'globalSecondaryIndexes' | 'localSecondaryIndexes' | 'timeToLiveAttribute'
> {
  readonly configuration: Configuration;
  readonly datum: DatumName;
}

/**
 * What a strongly consistent table has not: CloudFormation would say so after minutes, and roll everything back.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
function refusedUnderStrong(datum: DatumName, keys: Partial<TablePropsV2>): string[] {
  const refused = {
    'a time to live': keys.timeToLiveAttribute !== undefined,
    'local secondary indexes': (keys.localSecondaryIndexes ?? []).length > 0,
  };
  return Object.entries(refused)
    .filter(([, isAsked]) => isAsked)
    .map(
      ([what]) =>
        `The table of ${datum} asks for ${what}, which a strongly consistent global table has not: do without it, or set tandem:consistency=eventual.`,
    );
}

/** A table with a replica in each serving region, made by the stack of the primary region. */
export class GlobalTable extends TableV2 {
  constructor(scope: Construct, id: string, { configuration, datum, ...keys }: GlobalTableProps) {
    const { stage, standbyRegion, witnessRegion, consistency } = configuration;
    const kept = stage === 'full';
    super(scope, id, {
      ...keys,
      tableName: datumResourceName(stage, datum),
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: kept,
      removalPolicy: kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      replicas: [{ region: standbyRegion }],
      ...(consistency === 'strong'
        ? { multiRegionConsistency: MultiRegionConsistency.STRONG, witnessRegion }
        : { multiRegionConsistency: MultiRegionConsistency.EVENTUAL }),
    });
    if (consistency === 'strong') this.node.addValidation({ validate: () => refusedUnderStrong(datum, keys) });
  }
}
