import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, Billing, MultiRegionConsistency, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Configuration } from '../../blueprint/configuration';
import { datumResourceName } from '../../blueprint/names';
import { OPEN_ORDERS_INDEX, ORDERS_KEY } from '../../blueprint/orders';

export interface DataStackProps extends StackProps {
  readonly configuration: Configuration;
}

/**
 * The state both regions share: the orders table, a global table with its replica in the standby region.
 *
 * Other stacks know it by its name alone, so the survivor of a lost primary never asks this stack for anything.
 */
export class DataStack extends Stack {
  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const { stage, standbyRegion, witnessRegion, consistency } = props.configuration;
    const kept = stage === 'full';
    new TableV2(this, 'Orders', {
      tableName: datumResourceName(stage, 'orders'),
      partitionKey: { name: ORDERS_KEY.partition, type: AttributeType.STRING },
      sortKey: { name: ORDERS_KEY.sort, type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: OPEN_ORDERS_INDEX.name,
          partitionKey: { name: OPEN_ORDERS_INDEX.partition, type: AttributeType.STRING },
          sortKey: { name: OPEN_ORDERS_INDEX.sort, type: AttributeType.NUMBER },
        },
      ],
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
