import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from '../../blueprint/capacity';
import { datumNamed, VISIBILITY_MARGIN_SECONDS, WORK_RECEIVES_MAX } from '../../blueprint/data';
import { datumResourceName } from '../../blueprint/names';
import { serviceNamed } from '../../blueprint/services';

export interface WorkQueueProps {
  readonly stage: Stage;
}

/** The region's one queue of work with its dead-letter queue. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const queue = (queueId: string, datum: 'work' | 'work-dead-letters', more = {}): Queue =>
      new Queue(this, queueId, {
        queueName: datumResourceName(props.stage, datum),
        retentionPeriod: Duration.seconds(datumNamed(datum).retentionSeconds!),
        encryption: QueueEncryption.SQS_MANAGED,
        enforceSSL: true,
        ...more,
      });
    this.deadLetterQueue = queue('DeadLetters', 'work-dead-letters');
    this.queue = queue('Work', 'work', {
      visibilityTimeout: Duration.seconds(serviceNamed('fulfilment').timeoutSeconds + VISIBILITY_MARGIN_SECONDS),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: WORK_RECEIVES_MAX },
    });
  }
}
