import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { ALARMS, SEVERITIES, type AlarmDefinition, type AlarmMetric, type Severity } from '../../blueprint/alarms';
import type { Configuration } from '../../blueprint/configuration';
import { METRIC_NAMESPACE, METRIC_SERVICE } from '../../blueprint/metrics';
import { alarmName, datumResourceName, functionName, topicName } from '../../blueprint/names';
import type { ServiceStack } from './service-stack';

export interface ObservabilityStackProps extends StackProps {
  readonly configuration: Configuration;
  /** The service stack of this stack's region: an alarm cannot watch another region's metric. */
  readonly service: ServiceStack;
  readonly role: 'primary' | 'standby';
}

const MISSING_DATA: Record<AlarmDefinition['missingData'], TreatMissingData> = {
  breaching: TreatMissingData.BREACHING,
  notBreaching: TreatMissingData.NOT_BREACHING,
};

/** The alarms of one serving region, as `blueprint/alarms.ts` lists them, and one topic a severity. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    const { stage, routing } = props.configuration;
    const topics = new Map(SEVERITIES.map((severity) => [severity, this.topic(severity, props)]));
    for (const definition of ALARMS) {
      if (definition.onlyIn !== undefined && definition.onlyIn !== props.role) continue;
      if (definition.onlyUnder !== undefined && definition.onlyUnder !== routing) continue;
      const alarm = new Alarm(this, definition.id, {
        alarmName: alarmName(stage, definition.id),
        alarmDescription: `${definition.thresholdWhy} Runbook: ${definition.runbook}`,
        metric: this.metric(definition, props),
        threshold: definition.threshold,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: definition.evaluationPeriods,
        datapointsToAlarm: definition.datapointsToAlarm,
        treatMissingData: MISSING_DATA[definition.missingData],
      });
      const action = new SnsAction(topics.get(definition.severity)!);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }

  private topic(severity: Severity, props: ObservabilityStackProps): Topic {
    const { stage, notificationEmail } = props.configuration;
    const topic = new Topic(this, severity, { topicName: topicName(stage, severity), enforceSSL: true });
    // A policy of our own (enforceSSL makes one) replaces the default that lets the account's alarms publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsMayPublish',
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    if (notificationEmail !== undefined) topic.addSubscription(new EmailSubscription(notificationEmail));
    return topic;
  }

  private metric(definition: AlarmDefinition, props: ObservabilityStackProps): Metric {
    return new Metric({
      ...this.metricSource(definition.metric, props),
      metricName: definition.metric.metricName,
      statistic: definition.statistic,
      period: Duration.seconds(definition.periodSeconds),
    });
  }

  private metricSource(
    metric: AlarmMetric,
    { configuration: { stage }, service }: ObservabilityStackProps,
  ): { namespace: string; dimensionsMap: Record<string, string> } {
    switch (metric.source) {
      case 'queue':
        return { namespace: 'AWS/SQS', dimensionsMap: { QueueName: datumResourceName(stage, metric.queue) } };
      case 'function':
        return { namespace: 'AWS/Lambda', dimensionsMap: { FunctionName: functionName(stage, metric.service) } };
      case 'public-api':
        return { namespace: 'AWS/ApiGateway', dimensionsMap: { ApiId: service.publicApi.api.apiId } };
      case 'tandem':
        return { namespace: METRIC_NAMESPACE, dimensionsMap: { service: METRIC_SERVICE } };
    }
  }
}
