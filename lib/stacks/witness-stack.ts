import { Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import type { Configuration } from '../../blueprint/configuration';
import { apiName } from '../../blueprint/names';
import { HttpServiceApi } from '../constructs/http-service-api';
import { ServiceFunction } from '../constructs/service-function';
import { SingleRegionTable } from '../constructs/single-region-table';

export interface WitnessStackProps extends StackProps {
  readonly configuration: Configuration;
}

/** The third place: the payment provider's stand-in with its one ledger, outside both serving regions. */
export class WitnessStack extends Stack {
  readonly paymentsApi: HttpServiceApi;

  constructor(scope: Construct, id: string, props: WitnessStackProps) {
    super(scope, id, props);
    const { stage } = props.configuration;
    const ledger = new SingleRegionTable(this, 'PaymentLedger', {
      stage,
      datum: 'payment-ledger',
      partitionKey: 'key',
    });
    const payments = new ServiceFunction(this, 'Payments', {
      stage,
      service: 'payments',
      environment: { LEDGER_TABLE: ledger.tableName },
    });
    payments.allow(['dynamodb:PutItem', 'dynamodb:GetItem'], [ledger.tableArn]);
    this.paymentsApi = new HttpServiceApi(this, 'PaymentsApi', {
      apiName: apiName(stage, 'payments'),
      description: 'The payment provider of the sandbox: the first of charge and void wins.',
      routes: [
        { method: HttpMethod.POST, path: '/charges', handler: payments.function },
        { method: HttpMethod.POST, path: '/voids', handler: payments.function },
        { method: HttpMethod.GET, path: '/payments/{key}', handler: payments.function },
      ],
    });
  }
}
