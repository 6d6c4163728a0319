import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Configuration } from '../../blueprint/configuration';
import { apiName, datumResourceName } from '../../blueprint/names';
import { HttpServiceApi } from '../constructs/http-service-api';
import { ServiceFunction } from '../constructs/service-function';

export interface WitnessStackProps extends StackProps {
  readonly configuration: Configuration;
}

/** The third place: the payment provider's stand-in with its one ledger, outside both serving regions. */
export class WitnessStack extends Stack {
  readonly paymentsApi: HttpServiceApi;

  constructor(scope: Construct, id: string, props: WitnessStackProps) {
    super(scope, id, props);
    const { stage } = props.configuration;
    const kept = stage === 'full';
    const ledger = new TableV2(this, 'PaymentLedger', {
      tableName: datumResourceName(stage, 'payment-ledger'),
      partitionKey: { name: 'key', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: kept,
      removalPolicy: kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
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
