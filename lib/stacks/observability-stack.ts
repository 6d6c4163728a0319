import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { IHealthCheck } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { ALARMS, COMPOSITE_ALARMS, type AlarmPlace, type PlainMetric } from '../../blueprint/alarms';
import { identityOf, type Configuration } from '../../blueprint/configuration';
import { probeRhythm } from '../../blueprint/footprints';
import { METRIC_NAMESPACE, METRIC_SERVICE } from '../../blueprint/metrics';
import { alarmName, datumResourceName, functionName } from '../../blueprint/names';
import { AlarmSet, type MetricSource } from '../constructs/alarm-set';
import { ServiceFunction } from '../constructs/service-function';
import { tableArn } from '../table-arn';
import type { ServiceStack } from './service-stack';

export interface ObservabilityStackProps extends StackProps {
  readonly configuration: Configuration;
  /** The place whose alarms these are: an alarm cannot watch another region's metric. */
  readonly place: Exclude<AlarmPlace, 'serving'>;
  /**
   * The service stack of this stack's region, and that of the other one.
   * @default - the place is not a serving region
   */
  readonly serving?: { readonly here: ServiceStack; readonly peer: ServiceStack };
  /**
   * The checks that the regions' records hang on.
   * @default - the place is not us-east-1, where their metrics are
   */
  readonly healthChecks?: Readonly<{ primary: IHealthCheck; standby?: IHealthCheck }>;
}

/** What watches one place: its alarms, and in a serving region the probe of the other one. */
export class ObservabilityStack extends Stack {
  private readonly props: ObservabilityStackProps;

  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    this.props = props;
    const alarms = new AlarmSet(this, 'Alarms', {
      configuration: props.configuration,
      place: props.place,
      alarms: ALARMS,
      composites: COMPOSITE_ALARMS,
      sourceOf: (metric) => this.sourceOf(metric),
    });
    if (props.serving === undefined) return;
    this.addProbe(props.serving);
    if (props.configuration.automation === 'on') this.addResponder(props.serving, alarms);
  }

  private addProbe({ peer }: NonNullable<ObservabilityStackProps['serving']>): void {
    const { stage } = this.props.configuration;
    const probe = new ServiceFunction(this, 'Probe', {
      stage,
      service: 'probe',
      environment: {
        PEER_REGION: peer.region,
        PEER_HOST: peer.publicHost,
        IDENTITY: identityOf(this.props.configuration),
        STATE_TABLE: datumResourceName(stage, 'regional-state'),
        RHYTHM: probeRhythm(this.props.configuration, this.props.place as 'primary' | 'standby'),
      },
    });
    probe.allow(['dynamodb:GetItem'], [tableArn(this, stage, 'regional-state')]);
    probe.allow(['execute-api:Invoke'], [peer.ordersRouteArn]);
    probe.runEvery('ProbeEveryMinute', Duration.minutes(1));
  }

  private addResponder({ here, peer }: NonNullable<ObservabilityStackProps['serving']>, alarms: AlarmSet): void {
    const { stage, witnessRegion } = this.props.configuration;
    const responder = new ServiceFunction(this, 'Responder', {
      stage,
      service: 'responder',
      environment: {
        STAGE: stage,
        PEER_REGION: peer.region,
        WITNESS_REGION: witnessRegion,
        STATE_TABLE: datumResourceName(stage, 'regional-state'),
        OBSERVATION_TABLE: datumResourceName(stage, 'observations'),
        WORK_QUEUE_URL: here.workQueue.queue.queueUrl,
        DEAD_LETTERS_URL: here.workQueue.deadLetterQueue.queueUrl,
        DEAD_LETTERS_ARN: here.workQueue.deadLetterQueue.queueArn,
        PAGE_TOPIC_ARN: alarms.topics.page.topicArn,
      },
    });
    responder.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [tableArn(this, stage, 'regional-state')]);
    responder.allow(['sqs:GetQueueAttributes', 'sqs:SendMessage'], [here.workQueue.queue.queueArn]);
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
    responder.allow(
      [
        'sqs:StartMessageMoveTask',
        'sqs:CancelMessageMoveTask',
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
      ],
      [here.workQueue.deadLetterQueue.queueArn],
    );
    responder.allow(['sns:Publish'], [alarms.topics.page.topicArn]);
    responder.runOnAlarm('RedriveOnRecovery', alarmName(stage, 'fulfilment-errors'), 'OK');
    // The primary never evacuates anything: only one of the two may move the switch by itself.
    if (this.props.place !== 'standby') return;
    responder.allow(['dynamodb:GetItem'], [tableArn(this, stage, 'observations', witnessRegion)]);
    responder.allow(['dynamodb:PutItem'], [tableArn(this, stage, 'regional-state', peer.region)]);
    responder.runOnAlarm('EvacuateOnFailure', alarmName(stage, 'peer-failing'), 'ALARM');
  }

  private sourceOf(metric: PlainMetric): MetricSource {
    const { stage } = this.props.configuration;
    switch (metric.source) {
      case 'queue':
        return { namespace: 'AWS/SQS', dimensionsMap: { QueueName: datumResourceName(stage, metric.queue) } };
      case 'function':
        return { namespace: 'AWS/Lambda', dimensionsMap: { FunctionName: functionName(stage, metric.service) } };
      case 'account':
        return { namespace: 'AWS/Lambda', dimensionsMap: {} };
      case 'public-api':
        return { namespace: 'AWS/ApiGateway', dimensionsMap: { ApiId: this.serving().here.publicApi.api.apiId } };
      case 'health-api':
        return { namespace: 'AWS/ApiGateway', dimensionsMap: { ApiId: this.serving().here.healthApi.api.apiId } };
      case 'replication':
        return {
          namespace: 'AWS/DynamoDB',
          dimensionsMap: {
            TableName: datumResourceName(stage, 'orders'),
            ReceivingRegion: this.serving().peer.region,
          },
        };
      case 'health-check':
        return {
          namespace: 'AWS/Route53',
          dimensionsMap: { HealthCheckId: this.props.healthChecks![metric.of]!.healthCheckId },
        };
      case 'certificate':
        return {
          namespace: 'AWS/CertificateManager',
          dimensionsMap: { CertificateArn: this.serving().here.domains!.certificate.certificateArn },
        };
      case 'billing':
        return { namespace: 'AWS/Billing', dimensionsMap: { Currency: 'USD' } };
      case 'tandem':
        return {
          namespace: METRIC_NAMESPACE,
          dimensionsMap: {
            service: METRIC_SERVICE,
            ...(metric.of === undefined ? {} : { region: this.props.configuration[`${metric.of}Region`] }),
          },
        };
    }
  }

  private serving(): NonNullable<ObservabilityStackProps['serving']> {
    if (this.props.serving === undefined) {
      throw new Error(
        `${this.props.place} serves nobody: an alarm on an API or a table of orders does not belong there.`,
      );
    }
    return this.props.serving;
  }
}
