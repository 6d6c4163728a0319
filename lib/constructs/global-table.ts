import { RemovalPolicy } from 'aws-cdk-lib';
import { Billing, MultiRegionConsistency, TableV2, type TablePropsV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Configuration } from '../../blueprint/configuration';
import type { DatumName } from '../../blueprint/data';
import { datumResourceName } from '../../blueprint/names';

export interface GlobalTableProps extends Pick<
  TablePropsV2,
  'partitionKey' | 'sortKey' | 'globalSecondaryIndexes' | 'timeToLiveAttribute'
> {
  readonly configuration: Configuration;
  readonly datum: DatumName;
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
  }
}
