import type { Kernel } from '../../kernel/kernel';
import { AwsFault, type JsonObject } from '../aws-service';
import { readSubscription, readTopic, type Subscription, type Topic } from './topic';

/** A message that reached its topic's subscribers. */
export interface Delivery {
  readonly timeUs: number;
  readonly region: string;
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
  /** Who was told, as `protocol:endpoint`. Empty when nobody subscribed: a page that nobody reads. */
  readonly subscribers: readonly string[];
}

export interface SnsOptions {
  /** For ARNs. */
  readonly accountId: string;
  /**
   * From publishing to delivery, in milliseconds, drawn evenly for each message: an assumption. What mail servers add
   * after that is not modelled.
   * @default - 50 to 500
   */
  readonly deliveryDelayMs?: { readonly low: number; readonly high: number };
}

interface TopicRecord {
  readonly topic: Topic;
  readonly subscriptions: Subscription[];
}

/** Subjects are plain text of at most 100 characters (API_Publish.html). */
const SUBJECT_LENGTH_MAX = 100;

/** Standard topics of every region, with people behind them. */
export class Sns {
  /** Every delivered message, in order of time. */
  readonly deliveries: Delivery[] = [];
  private readonly topics = new Map<string, TopicRecord>();

  constructor(
    private readonly kernel: Kernel,
    private readonly options: SnsOptions,
  ) {}

  /**
   * Creates an `AWS::SNS::Topic`.
   *
   * @param name the name CloudFormation would generate, used when `TopicName` is missing
   */
  createTopic(region: string, name: string, properties: JsonObject): Topic {
    const { topic, subscriptions } = readTopic(region, this.options.accountId, name, properties);
    this.topics.set(topic.arn, { topic, subscriptions: [...subscriptions] });
    return topic;
  }

  /** Creates an `AWS::SNS::Subscription`; its topic must exist. Confirmation by its owner is taken for granted. */
  createSubscription(properties: JsonObject): void {
    const subscription = readSubscription(properties);
    this.recordOf(subscription.topicArn).subscriptions.push(subscription);
  }

  hasTopic(topicArn: string): boolean {
    return this.topics.has(topicArn);
  }

  /** @throws AwsFault when the topic does not exist or the subject is too long */
  publish(topicArn: string, subject: string, message: string): void {
    const { topic, subscriptions } = this.recordOf(topicArn);
    if (subject.length > SUBJECT_LENGTH_MAX) {
      throw new AwsFault(
        'InvalidParameter',
        `Subject must be at most ${SUBJECT_LENGTH_MAX} characters, got ${subject.length}.`,
      );
    }
    const { low, high } = this.options.deliveryDelayMs ?? { low: 50, high: 500 };
    const delayMs = this.kernel.random(`sns/${topicArn}`).uniform(low, high);
    this.kernel.after(delayMs * 1000, () => {
      const subscribers = subscriptions.map(({ protocol, endpoint }) => `${protocol}:${endpoint}`);
      const { nowUs: timeUs } = this.kernel;
      this.deliveries.push({ timeUs, region: topic.region, topicArn, subject, message, subscribers });
      this.kernel.record(`sns/${topic.region}`, 'Deliver', `${topic.name} ${subject}`);
    });
  }

  private recordOf(topicArn: string): TopicRecord {
    const record = this.topics.get(topicArn);
    if (record !== undefined) return record;
    throw new AwsFault('NotFound', `Topic ${topicArn} does not exist.`, 404);
  }
}
