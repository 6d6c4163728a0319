import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { identityOf, type Configuration } from '../../blueprint/configuration';
import { observerRhythm } from '../../blueprint/footprints';
import { REGIONAL_STATE_KEY } from '../../blueprint/names';
import { ServiceFunction } from '../constructs/service-function';
import { SingleRegionTable } from '../constructs/single-region-table';
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
    const observations = new SingleRegionTable(this, 'Observations', {
      stage,
      datum: 'observations',
      partitionKey: REGIONAL_STATE_KEY,
    });
    const observer = new ServiceFunction(this, 'Observer', {
      stage,
      service: 'observer',
      environment: {
        HEALTH_HOSTS: props.observed.map(({ region, healthHost }) => `${region}=${healthHost}`).join(','),
        PUBLIC_HOSTS: props.observed.map(({ region, publicHost }) => `${region}=${publicHost}`).join(','),
        HEALTH_PATH: healthPath,
        IDENTITY: identityOf(props.configuration),
        OBSERVATION_TABLE: observations.tableName,
        RHYTHM: observerRhythm(props.configuration),
      },
    });
    observer.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [observations.tableArn]);
    observer.allow(
      ['execute-api:Invoke'],
      props.observed.map(({ ordersRouteArn }) => ordersRouteArn),
    );
    observer.runEvery('ObserveEveryMinute', Duration.minutes(1));
  }
}
