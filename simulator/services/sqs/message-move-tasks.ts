import type { Kernel } from '../../kernel/kernel';
import { AwsFault, type JsonObject } from '../aws-service';
import { invalidParameterFault, invalidValueFault } from './faults';
import { MESSAGES_PER_SECOND_MAX, MessageMoveTask } from './message-move-task';
import { checkParameters, requiredText } from './operation';
import type { Queue } from './queue';
import { parseQueueArn } from './queue-address';

const START_PARAMETERS = new Set(['SourceArn', 'DestinationArn', 'MaxNumberOfMessagesPerSecond']);
const LIST_PARAMETERS = new Set(['SourceArn', 'MaxResults']);
const CANCEL_PARAMETERS = new Set(['TaskHandle']);
const RESULTS_MAX = 10;

/** The queues of the account, as redrive tasks need them. */
export interface QueueDirectory {
  find(arn: string): Queue | undefined;
  /** Whether some queue sends its dead letters there. */
  isDeadLetterQueue(arn: string): boolean;
}

/**
 * Redrive tasks: the operations StartMessageMoveTask, ListMessageMoveTasks and CancelMessageMoveTask. A queue has one
 * active task at a time.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export class MessageMoveTasks {
  private readonly tasks = new Map<string, MessageMoveTask[]>();
  private readonly byHandle = new Map<string, MessageMoveTask>();

  constructor(
    private readonly kernel: Kernel,
    private readonly queues: QueueDirectory,
  ) {}

  start(region: string, input: JsonObject): JsonObject {
    checkParameters('StartMessageMoveTask', START_PARAMETERS, input);
    const sourceArn = requiredText(input, 'SourceArn');
    const source = this.queueOf(region, 'SourceArn', sourceArn);
    if (!this.queues.isDeadLetterQueue(sourceArn)) {
      throw invalidParameterFault('Source queue must be configured as a Dead Letter Queue.');
    }
    const { DestinationArn: destinationArn, MaxNumberOfMessagesPerSecond: rate } = input;
    if (destinationArn === sourceArn) {
      throw invalidParameterFault('Source queue arn and destination queue arn cannot be the same.');
    }
    const destination =
      destinationArn === undefined ? undefined : this.queueOf(region, 'DestinationArn', String(destinationArn));
    if (rate !== undefined && !(Number(rate) >= 1 && Number(rate) <= MESSAGES_PER_SECOND_MAX)) {
      const reason = `Must be between 1 and ${MESSAGES_PER_SECOND_MAX}, if provided.`;
      throw invalidValueFault('MaxNumberOfMessagesPerSecond', rate, reason);
    }
    const previous = this.tasks.get(sourceArn) ?? [];
    if (previous[0]?.status === 'RUNNING') {
      throw invalidParameterFault(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const handle = this.kernel.random(`sqs/move-tasks/${sourceArn}`).uuid();
    const task = new MessageMoveTask(this.kernel, {
      handle,
      source,
      findQueue: (arn) => this.queues.find(arn),
      ...(destination === undefined ? {} : { destination }),
      ...(rate === undefined ? {} : { messagesPerSecond: Number(rate) }),
    });
    this.tasks.set(sourceArn, [task, ...previous].slice(0, RESULTS_MAX));
    this.byHandle.set(handle, task);
    return { TaskHandle: handle };
  }

  /** The latest first. */
  list(region: string, input: JsonObject): JsonObject {
    checkParameters('ListMessageMoveTasks', LIST_PARAMETERS, input);
    const sourceArn = requiredText(input, 'SourceArn');
    this.queueOf(region, 'SourceArn', sourceArn);
    const countMax = Number(input.MaxResults ?? 1);
    if (!(countMax >= 1 && countMax <= RESULTS_MAX)) {
      throw invalidValueFault('MaxResults', countMax, `Must be between 1 and ${RESULTS_MAX}, if provided.`);
    }
    return { Results: (this.tasks.get(sourceArn) ?? []).slice(0, countMax).map((task) => task.describe()) };
  }

  cancel(_region: string, input: JsonObject): JsonObject {
    checkParameters('CancelMessageMoveTask', CANCEL_PARAMETERS, input);
    const task = this.byHandle.get(requiredText(input, 'TaskHandle'));
    if (task?.status !== 'RUNNING') {
      throw new AwsFault('ResourceNotFoundException', 'Task does not exist.', 404);
    }
    return { ApproximateNumberOfMessagesMoved: task.cancel() };
  }

  private queueOf(region: string, parameter: string, arn: string): Queue {
    const queue = parseQueueArn(arn)?.region === region ? this.queues.find(arn) : undefined;
    if (queue !== undefined) return queue;
    throw new AwsFault(
      'ResourceNotFoundException',
      `The resource that you specified for the ${parameter} parameter doesn't exist.`,
      404,
    );
  }
}
