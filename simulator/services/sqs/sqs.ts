import { NotModelled, SimulatorDefect } from '../../kernel/errors';
import type { Kernel } from '../../kernel/kernel';
import {
  type AwsCall,
  AwsFault,
  type AwsJsonService,
  type DeferredCall,
  type JsonObject,
  type RequiredPermission,
} from '../aws-service';
import type { MetricSink } from '../metric-sink';
import { changeMessageVisibility } from './change-message-visibility';
import { deleteMessage } from './delete-message';
import { deleteMessageBatch } from './delete-message-batch';
import { queueDoesNotExistFault } from './faults';
import { getQueueAttributes } from './get-queue-attributes';
import { getQueueUrl } from './get-queue-url';
import { longPoll } from './long-poll';
import type { QueuedMessage, ReceivedMessage } from './message';
import { MessageMoveTasks } from './message-move-tasks';
import type { Operation, OperationContext } from './operation';
import { requiredPermissions } from './permissions';
import { Queue } from './queue';
import { parseQueueUrl, queueArn } from './queue-address';
import { type QueueDefinition, resolveSettings } from './queue-definition';
import { QueueMetrics } from './queue-metrics';
import { receiveMessage } from './receive-message';
import { sendMessage } from './send-message';
import { sendMessageBatch } from './send-message-batch';

export interface SqsOptions {
  readonly accountId: string;
  /** Receives what the service publishes to CloudWatch. @default - nothing is published */
  readonly metrics?: MetricSink;
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['ChangeMessageVisibility', changeMessageVisibility],
  ['DeleteMessage', deleteMessage],
  ['DeleteMessageBatch', deleteMessageBatch],
  ['GetQueueAttributes', getQueueAttributes],
  ['GetQueueUrl', getQueueUrl],
  ['ReceiveMessage', receiveMessage],
  ['SendMessage', sendMessage],
  ['SendMessageBatch', sendMessageBatch],
]);

/**
 * Amazon SQS: the standard queues of all regions of one account.
 *
 * Left out, besides what is refused by name: throttling.
 */
export class Sqs implements AwsJsonService {
  private readonly queues = new Map<string, Queue>();
  private readonly moveTasks: MessageMoveTasks;

  constructor(
    private readonly kernel: Kernel,
    private readonly options: SqsOptions,
  ) {
    this.moveTasks = new MessageMoveTasks(kernel, {
      find: (arn) => this.queues.get(arn),
      isDeadLetterQueue: (arn) =>
        Array.from(this.queues.values()).some(({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === arn),
    });
  }

  /**
   * @returns the queue's ARN and URL
   * @throws NotModelled for a FIFO queue, SimulatorDefect for a name that is taken or values that the service refuses
   */
  createQueue(definition: QueueDefinition): { readonly arn: string; readonly url: string } {
    const settings = resolveSettings(definition);
    const address = { region: settings.region, accountId: this.options.accountId, queueName: settings.queueName };
    const arn = queueArn(address);
    if (this.queues.has(arn)) throw new SimulatorDefect(`Queue ${arn} exists already.`);
    const { redrivePolicy } = settings;
    const queue = new Queue(this.kernel, address, settings, () =>
      redrivePolicy === undefined ? undefined : this.queue(redrivePolicy.deadLetterTargetArn),
    );
    this.queues.set(arn, queue);
    if (this.options.metrics !== undefined) new QueueMetrics(this.kernel, queue, this.options.metrics).start();
    return { arn, url: queue.url };
  }

  execute({ region, operation, input }: AwsCall): JsonObject {
    const apply = OPERATIONS.get(operation);
    if (apply !== undefined) return apply(this.contextOf(region), input);
    switch (operation) {
      case 'StartMessageMoveTask':
        return this.moveTasks.start(region, input);
      case 'ListMessageMoveTasks':
        return this.moveTasks.list(region, input);
      case 'CancelMessageMoveTask':
        return this.moveTasks.cancel(region, input);
      default:
        throw new NotModelled(`SQS operation ${operation}`, 'Add it to the model.');
    }
  }

  /** A ReceiveMessage that may wait for messages does so while there are none. */
  defer(call: AwsCall): DeferredCall | undefined {
    if (call.operation !== 'ReceiveMessage' || typeof call.input.QueueUrl !== 'string') return undefined;
    const address = parseQueueUrl(call.input.QueueUrl);
    const queue = address === undefined ? undefined : this.queues.get(queueArn(address));
    const waitSeconds = call.input.WaitTimeSeconds ?? queue?.settings.receiveMessageWaitTimeSeconds;
    // What is wrong with the call is said at once, by the operation itself.
    if (queue === undefined || !(Number(waitSeconds) > 0 && Number(waitSeconds) <= 20)) return undefined;
    if (queue.counts.visible > 0) return undefined;
    return longPoll(this.kernel, queue, Number(waitSeconds), () => this.execute(call));
  }

  permissions(call: AwsCall): readonly RequiredPermission[] {
    return requiredPermissions(call, this.options.accountId);
  }

  /** For a poller inside the cloud: receives without a call. */
  receive(arn: string, countMax: number): readonly ReceivedMessage[] {
    return this.queue(arn).receive(countMax);
  }

  /** For a poller inside the cloud. @throws AwsFault ReceiptHandleIsInvalid */
  delete(arn: string, receiptHandle: string): void {
    this.queue(arn).delete(receiptHandle);
  }

  /** For a poller inside the cloud. @throws AwsFault when the message is not in flight */
  changeVisibility(arn: string, receiptHandle: string, visibilityTimeoutSeconds: number): void {
    this.queue(arn).changeVisibility(receiptHandle, visibilityTimeoutSeconds);
  }

  /**
   * For a poller inside the cloud: calls back when messages become visible, and at once if some are, so that it need
   * not ask again and again. It means "receive now", not "there is one message for you": a poller that was busy asks by
   * itself when it is free. @returns a function that ends it
   */
  onMessageAvailable(arn: string, callback: () => void): () => void {
    return this.queue(arn).onMessageAvailable(callback);
  }

  /** From now on a share of what the region's queues hand out is handed out twice, whatever their settings say. */
  duplicateDeliveries(region: string, probability: number): void {
    for (const queue of this.queues.values()) {
      if (queue.address.region === region) queue.duplicateDeliveryProbability = probability;
    }
  }

  /** For whoever is outside every identity, such as a person at the console: sends without a call. */
  send(arn: string, body: string): void {
    this.queue(arn).send({ body, attributes: {}, messageGroupId: undefined, delaySeconds: undefined });
  }

  visibilityTimeoutSeconds(arn: string): number {
    return this.queue(arn).settings.visibilityTimeoutSeconds;
  }

  /** The messages of a queue, for checkers, in the order in which they came. */
  messages(arn: string): Iterable<QueuedMessage> {
    return this.queue(arn).list();
  }

  private queue(arn: string): Queue {
    const queue = this.queues.get(arn);
    if (queue === undefined) throw new SimulatorDefect(`There is no queue ${arn}.`);
    return queue;
  }

  private contextOf(region: string): OperationContext {
    const { accountId } = this.options;
    const find = (arn: string): Queue => {
      const queue = this.queues.get(arn);
      if (queue === undefined) throw queueDoesNotExistFault();
      return queue;
    };
    return {
      region,
      queueNamed: (queueName) => find(queueArn({ region, accountId, queueName })),
      queueAt: (url) => {
        const address = parseQueueUrl(url);
        if (address === undefined || address.region !== region) {
          throw new AwsFault('InvalidAddress', `The address ${url} is not valid for this endpoint.`, 404);
        }
        return find(queueArn(address));
      },
    };
  }
}
