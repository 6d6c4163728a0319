import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmRule,
  ComparisonOperator,
  CompositeAlarm,
  TreatMissingData,
  type AlarmBase,
  type IAlarmRule,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import {
  alarmUnder,
  isAlarmOf,
  SEVERITIES,
  thresholdIn,
  type AlarmDefinition,
  type AlarmPlace,
  type CompositeDefinition,
  type PlainMetric,
  type Severity,
} from '../../blueprint/alarms';
import type { Configuration } from '../../blueprint/configuration';
import { probeRhythm } from '../../blueprint/footprints';
import { alarmName, topicName } from '../../blueprint/names';
import type { MetricSource } from './metric-sources';
import { watchedMetric } from './watched-metric';

export interface AlarmSetProps {
  readonly configuration: Configuration;
  readonly place: Exclude<AlarmPlace, 'serving'>;
  readonly alarms: readonly AlarmDefinition[];
  readonly composites: readonly CompositeDefinition[];
  readonly sourceOf: (metric: PlainMetric) => MetricSource;
}

const MISSING_DATA: Record<AlarmDefinition['missingData'], TreatMissingData> = {
  breaching: TreatMissingData.BREACHING,
  notBreaching: TreatMissingData.NOT_BREACHING,
};

const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator;

/** How long a page waits to see whether maintenance was declared, and how long it stays held back afterwards. */
const SUPPRESSION = Duration.minutes(1);

/** The alarms of one place as the blueprint lists them, and one topic a severity. */
export class AlarmSet extends Construct {
  readonly topics: Readonly<Record<Severity, Topic>>;
  /** By the id in the blueprint. */
  readonly made = new Map<string, AlarmBase>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlarmSetProps,
  ) {
    super(scope, id);
    const { configuration, place } = props;
    const [page, ticket] = SEVERITIES.map((severity) => this.topic(severity));
    this.topics = { page: page!, ticket: ticket! };
    const isHere = (alarm: AlarmDefinition | CompositeDefinition): boolean => isAlarmOf(alarm, place, configuration);
    const rhythm = probeRhythm(configuration, place === 'standby' ? 'standby' : 'primary');
    for (const definition of props.alarms.filter(isHere)) this.addAlarm(alarmUnder(definition, rhythm));
    for (const definition of props.composites.filter(isHere)) this.addComposite(definition);
  }

  /** The runbook stands at the end of every notification. */
  private describe({ runbook }: { readonly runbook: string }, why: string): string {
    return `${why} Runbook: ${runbook}`;
  }

  private addAlarm(definition: AlarmDefinition): void {
    const { stage } = this.props.configuration;
    const alarm = new Alarm(this, definition.id, {
      alarmName: alarmName(stage, definition.id),
      alarmDescription: this.describe(definition, definition.thresholdWhy),
      metric: watchedMetric(definition, this.props.sourceOf),
      threshold: thresholdIn(definition, stage),
      comparisonOperator: definition.breaches === 'below' ? LESS_THAN_THRESHOLD : GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: definition.evaluationPeriods,
      datapointsToAlarm: definition.datapointsToAlarm,
      treatMissingData: MISSING_DATA[definition.missingData],
    });
    this.notify(definition, alarm);
  }

  private addComposite(definition: CompositeDefinition): void {
    const { stage } = this.props.configuration;
    const suppressor = this.made.get('maintenance');
    const alternatives = definition.anyOf
      .map((each) => (typeof each === 'string' ? [each] : [...each]))
      // An alarm that this place or configuration does not have cannot fire in it.
      .filter((ids) => ids.every((id) => this.made.has(id)))
      .map((ids): IAlarmRule => AlarmRule.allOf(...ids.map((id) => this.made.get(id)!)));
    const alarm = new CompositeAlarm(this, definition.id, {
      compositeAlarmName: alarmName(stage, definition.id),
      alarmDescription: this.describe(definition, definition.why),
      alarmRule: AlarmRule.anyOf(...alternatives),
      ...(suppressor === undefined
        ? {}
        : {
            actionsSuppressor: suppressor,
            actionsSuppressorWaitPeriod: SUPPRESSION,
            actionsSuppressorExtensionPeriod: SUPPRESSION,
          }),
    });
    this.notify(definition, alarm);
  }

  private notify({ id, severity }: { readonly id: string; readonly severity: Severity }, alarm: AlarmBase): void {
    this.made.set(id, alarm);
    const action = new SnsAction(this.topics[severity]);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }

  private topic(severity: Severity): Topic {
    const { configuration, place } = this.props;
    const { stage, notificationEmail } = configuration;
    // us-east-1 may be a serving region and the home of routing at the same time.
    const name = place === 'routing' ? `routing-${severity}` : severity;
    const topic = new Topic(this, severity, { topicName: topicName(stage, name), enforceSSL: true });
    // A policy of our own (enforceSSL makes one) replaces the default that lets the account's alarms publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsMayPublish',
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (notificationEmail !== undefined) topic.addSubscription(new EmailSubscription(notificationEmail));
    return topic;
  }
}
