import type { JsonObject } from '../aws-service';
import { ResourceProperties } from '../resource-properties';

/** A standard topic. */
export interface Topic {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
}

/** Who is told. */
export interface Subscription {
  readonly topicArn: string;
  readonly protocol: 'email' | 'email-json';
  readonly endpoint: string;
}

const PROTOCOLS = ['email', 'email-json'] as const;

/**
 * Reads the resolved properties of an `AWS::SNS::Topic`, and of the subscriptions written inside it.
 *
 * @param fallbackName the name CloudFormation would generate, used when `TopicName` is missing
 * @throws NotModelled for FIFO topics, encryption with a key and whatever else is not modelled
 */
export function readTopic(
  region: string,
  accountId: string,
  fallbackName: string,
  properties: JsonObject,
): { readonly topic: Topic; readonly subscriptions: readonly Subscription[] } {
  const reader = new ResourceProperties(`AWS::SNS::Topic ${fallbackName}`, properties, {
    modelled: ['FifoTopic', 'Subscription', 'TopicName'],
    harmless: ['DisplayName', 'SignatureVersion', 'Tags', 'TracingConfig'],
  });
  if (reader.optionalBoolean('FifoTopic') ?? false) throw reader.notModelled('FifoTopic', 'Use a standard topic.');
  const name = reader.optionalString('TopicName') ?? fallbackName;
  const arn = `arn:aws:sns:${region}:${accountId}:${name}`;
  const inline = reader.objects('Subscription', { modelled: ['Endpoint', 'Protocol'], harmless: [] });
  return { topic: { region, name, arn }, subscriptions: inline.map((entry) => subscriptionOf(entry, arn)) };
}

/**
 * Reads the resolved properties of an `AWS::SNS::Subscription`.
 *
 * @throws NotModelled for protocols other than email, filters, raw delivery and redrive
 */
export function readSubscription(properties: JsonObject): Subscription {
  const reader = new ResourceProperties(
    `AWS::SNS::Subscription to ${JSON.stringify(properties['TopicArn'])}`,
    properties,
    {
      modelled: ['Endpoint', 'Protocol', 'Region', 'TopicArn'],
      harmless: [],
    },
  );
  return subscriptionOf(reader, reader.string('TopicArn'));
}

function subscriptionOf(reader: ResourceProperties, topicArn: string): Subscription {
  return { topicArn, protocol: reader.oneOf('Protocol', PROTOCOLS), endpoint: reader.string('Endpoint') };
}
