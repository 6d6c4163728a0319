import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Configuration } from '../../blueprint/configuration';
import { CUSTOMER_PLANS_KEY } from '../../blueprint/customer-plans';
import {
  CUSTOMER_ORDERS_INDEX,
  DECIDED_ORDERS_INDEX,
  KEPT_UNTIL,
  OPEN_ORDERS_INDEX,
  ORDERS_KEY,
} from '../../blueprint/orders';
import { GlobalTable } from '../constructs/global-table';

export interface DataStackProps extends StackProps {
  readonly configuration: Configuration;
}

/**
 * The state both regions share: the orders and the customers' plans, global tables with a replica in the standby region.
 *
 * Other stacks know them by their names alone, so the survivor of a lost primary never asks this stack for anything.
 */
export class DataStack extends Stack {
  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const { configuration } = props;
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    const number = (name: string) => ({ name, type: AttributeType.NUMBER });
    const isStrong = configuration.consistency === 'strong';
    new GlobalTable(this, 'Orders', {
      configuration,
      datum: 'orders',
      partitionKey: text(ORDERS_KEY.partition),
      sortKey: text(ORDERS_KEY.sort),
      globalSecondaryIndexes: [
        {
          indexName: OPEN_ORDERS_INDEX.name,
          partitionKey: text(OPEN_ORDERS_INDEX.partition),
          sortKey: number(OPEN_ORDERS_INDEX.sort),
        },
        {
          indexName: CUSTOMER_ORDERS_INDEX.name,
          partitionKey: text(CUSTOMER_ORDERS_INDEX.partition),
          sortKey: number(CUSTOMER_ORDERS_INDEX.sort),
          projectionType: ProjectionType.KEYS_ONLY,
        },
        ...(isStrong
          ? [
              {
                indexName: DECIDED_ORDERS_INDEX.name,
                partitionKey: text(DECIDED_ORDERS_INDEX.partition),
                sortKey: number(DECIDED_ORDERS_INDEX.sort),
                projectionType: ProjectionType.KEYS_ONLY,
              },
            ]
          : []),
      ],
      // A strongly consistent table has none: there the sweeper deletes.
      ...(isStrong ? {} : { timeToLiveAttribute: KEPT_UNTIL }),
    });
    new GlobalTable(this, 'CustomerPlans', {
      configuration,
      datum: 'customer-plans',
      partitionKey: text(CUSTOMER_PLANS_KEY),
    });
    // The operator's command writes nowhere else: two writers would be settled by the clock.
    new CfnOutput(this, 'PlansWriterRegion', { value: configuration.primaryRegion });
  }
}
