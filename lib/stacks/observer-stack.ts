import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Configuration } from '../../blueprint/configuration';
import { datumResourceName, REGIONAL_STATE_KEY } from '../../blueprint/names';
import { ServiceFunction } from '../constructs/service-function';
import type { ServiceStack } from './service-stack';

export interface ObserverStackProps extends StackProps {
  readonly configuration: Configuration;
  /** The regions it looks at, which exist before it. */
  readonly observed: readonly ServiceStack[];
}

/**
 * The third view: a function in the witness region that looks at both serving regions. It is no part of the witness stack,
 * since that one must exist before the regions, and this one is told their hosts.
 */
export class ObserverStack extends Stack {
  constructor(scope: Construct, id: string, props: ObserverStackProps) {
    super(scope, id, props);
    const { stage, healthPath } = props.configuration;
    const kept = stage === 'full';
    const observations = new TableV2(this, 'Observations', {
      tableName: datumResourceName(stage, 'observations'),
      partitionKey: { name: REGIONAL_STATE_KEY, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: kept,
      removalPolicy: kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const observer = new ServiceFunction(this, 'Observer', {
      stage,
      service: 'observer',
      environment: {
        HEALTH_HOSTS: props.observed.map(({ region, healthHost }) => `${region}=${healthHost}`).join(','),
        HEALTH_PATH: healthPath,
        OBSERVATION_TABLE: observations.tableName,
      },
    });
    observer.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [observations.tableArn]);
    const rule = new Rule(this, 'ObserveEveryMinute', {
      description: 'Runs the observer.',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [{ bind: () => ({ arn: observer.function.functionArn }) }],
    });
    observer.function.addPermission('ObserveEveryMinute', {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }
}
