import { NotModelled, SimulatorDefect } from '../../kernel/errors';
import { parseQueueArn } from './queue-address';

/** A queue as CloudFormation describes it. */
export interface QueueDefinition {
  readonly region: string;
  readonly queueName: string;
  /** @default 30 */
  readonly visibilityTimeoutSeconds?: number;
  /** @default 345600, four days */
  readonly messageRetentionPeriodSeconds?: number;
  /** @default 0 */
  readonly delaySeconds?: number;
  /** @default 1048576 */
  readonly maximumMessageSizeBytes?: number;
  /** @default 0, short polling */
  readonly receiveMessageWaitTimeSeconds?: number;
  /** @default - failed messages come back until their retention ends */
  readonly redrivePolicy?: RedrivePolicy;
  /** @default false */
  readonly fifoQueue?: boolean;
  /**
   * Up to this much apart, messages may be received in another order than they were sent, as standard queues allow. How
   * far the service strays is not documented. @default 20
   */
  readonly orderJitterMs?: number;
  /** How far the counts of GetQueueAttributes lag behind, at most. AWS names no figure. @default 5 */
  readonly attributeLagSeconds?: number;
  /** How often a received message is handed out a second time. @default 0 */
  readonly duplicateDeliveryProbability?: number;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  /** A message that was received this often without being deleted moves at its next receive. */
  readonly maxReceiveCount: number;
}

/** A definition with every default filled in. */
export type QueueSettings = Required<Omit<QueueDefinition, 'redrivePolicy' | 'fifoQueue'>> & {
  readonly redrivePolicy: RedrivePolicy | undefined;
};

/**
 * Name and range of each number, from
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 */
const RANGES = {
  visibilityTimeoutSeconds: [0, 43_200],
  messageRetentionPeriodSeconds: [60, 1_209_600],
  delaySeconds: [0, 900],
  maximumMessageSizeBytes: [1024, 1_048_576],
  receiveMessageWaitTimeSeconds: [0, 20],
} as const;

/**
 * Fills in the service's defaults.
 * @throws NotModelled for a FIFO queue, SimulatorDefect for values the service refuses
 */
export function resolveSettings(definition: QueueDefinition): QueueSettings {
  const { queueName, redrivePolicy } = definition;
  if (definition.fifoQueue === true || queueName.endsWith('.fifo')) {
    throw new NotModelled(`FIFO queue ${queueName}`, 'Use a standard queue in the simulator.');
  }
  const settings: QueueSettings = {
    region: definition.region,
    queueName,
    visibilityTimeoutSeconds: definition.visibilityTimeoutSeconds ?? 30,
    messageRetentionPeriodSeconds: definition.messageRetentionPeriodSeconds ?? 345_600,
    delaySeconds: definition.delaySeconds ?? 0,
    maximumMessageSizeBytes: definition.maximumMessageSizeBytes ?? 1_048_576,
    receiveMessageWaitTimeSeconds: definition.receiveMessageWaitTimeSeconds ?? 0,
    redrivePolicy,
    orderJitterMs: definition.orderJitterMs ?? 20,
    attributeLagSeconds: definition.attributeLagSeconds ?? 5,
    duplicateDeliveryProbability: definition.duplicateDeliveryProbability ?? 0,
  };
  for (const [name, [min, max]] of Object.entries(RANGES)) {
    const value = settings[name as keyof typeof RANGES];
    if (value < min || value > max) {
      throw new SimulatorDefect(`Queue ${queueName}: ${name} is ${value}, it must be between ${min} and ${max}.`);
    }
  }
  if (redrivePolicy !== undefined) checkRedrivePolicy(definition, redrivePolicy);
  return settings;
}

function checkRedrivePolicy({ region, queueName }: QueueDefinition, redrivePolicy: RedrivePolicy): void {
  const { deadLetterTargetArn, maxReceiveCount } = redrivePolicy;
  if (maxReceiveCount < 1 || maxReceiveCount > 1000) {
    throw new SimulatorDefect(
      `Queue ${queueName}: maxReceiveCount is ${maxReceiveCount}, it must be between 1 and 1000.`,
    );
  }
  if (parseQueueArn(deadLetterTargetArn)?.region !== region) {
    throw new SimulatorDefect(
      `Queue ${queueName}: the dead-letter queue ${deadLetterTargetArn} must be a queue in ${region}.`,
    );
  }
}
