import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Stage } from '../../blueprint/capacity';
import type { DatumName } from '../../blueprint/data';
import { datumResourceName } from '../../blueprint/names';

export interface SingleRegionTableProps {
  readonly stage: Stage;
  readonly datum: DatumName;
  /** The name of the partition key, a string. */
  readonly partitionKey: string;
}

/** A table that is shared with nobody: it lives and dies with its region. */
export class SingleRegionTable extends TableV2 {
  constructor(scope: Construct, id: string, { stage, datum, partitionKey }: SingleRegionTableProps) {
    const kept = stage === 'full';
    super(scope, id, {
      tableName: datumResourceName(stage, datum),
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: kept,
      removalPolicy: kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
