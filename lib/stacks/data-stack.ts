import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Configuration } from '../../blueprint/configuration';
import { CUSTOMER_PLANS_KEY } from '../../blueprint/customer-plans';
import { OPEN_ORDERS_INDEX, ORDERS_KEY } from '../../blueprint/orders';
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
    new GlobalTable(this, 'Orders', {
      configuration,
      datum: 'orders',
      partitionKey: text(ORDERS_KEY.partition),
      sortKey: text(ORDERS_KEY.sort),
      globalSecondaryIndexes: [
        {
          indexName: OPEN_ORDERS_INDEX.name,
          partitionKey: text(OPEN_ORDERS_INDEX.partition),
          sortKey: { name: OPEN_ORDERS_INDEX.sort, type: AttributeType.NUMBER },
        },
      ],
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
