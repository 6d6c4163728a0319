import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ALARMS, COMPOSITE_ALARMS, type AlarmPlace } from '../../blueprint/alarms';
import { identityOf } from '../../blueprint/configuration';
import { probeRhythm, publishesZeros } from '../../blueprint/footprints';
import { alarmName, datumResourceName } from '../../blueprint/names';
import { AlarmSet } from '../constructs/alarm-set';
import { metricSource, type MetricPlace } from '../constructs/metric-sources';
import { PairDashboard } from '../constructs/pair-dashboard';
import { RegionDashboard } from '../constructs/region-dashboard';
import { ServiceFunction } from '../constructs/service-function';
import { tableArn } from '../table-arn';
import type { ServiceStack } from './service-stack';

export interface ObservabilityStackProps extends StackProps, MetricPlace {
  /** The place whose alarms these are: an alarm cannot watch another region's metric. */
  readonly place: Exclude<AlarmPlace, 'serving'>;
  /**
   * The service stack of this stack's region, and that of the other one.
   * @default - the place is not a serving region
   */
  readonly serving?: { readonly here: ServiceStack; readonly peer: ServiceStack };
  /**
   * What the dashboard of both regions shows.
   * @default - it is in another stack
   */
  readonly pair?: Readonly<Record<Exclude<AlarmPlace, 'serving'>, MetricPlace>>;
}

/** What watches one place: its alarms, and in a serving region a dashboard and the probe of the other one. */
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
      sourceOf: (metric) => metricSource(metric, props),
    });
    const hasDashboards = props.configuration.dashboards === 'on';
    if (hasDashboards && props.pair !== undefined) {
      new PairDashboard(this, 'Dashboard', { configuration: props.configuration, places: props.pair });
    }
    if (props.serving === undefined) return;
    if (hasDashboards) {
      const role = props.place === 'primary' ? 'primary' : 'standby';
      new RegionDashboard(this, 'Dashboard', { ...props, role, made: alarms.made });
    }
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
        PUBLISHES_ZEROS: publishesZeros(this.props.configuration) ? 'yes' : 'no',
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
}
