import type { JsonObject } from '../../../simulator/services/aws-service';
import type { QueueDefinition } from '../../../simulator/services/sqs';

/** What a step can refer to: its queue, and what the service answered to the steps before. */
export interface CaseState {
  readonly queueUrl: string;
  readonly answers: readonly JsonObject[];
}

/** One call, or a wait, and what it must answer. `QueueUrl` is added to every input that has none. */
export type Step =
  | { readonly waitSeconds: number }
  | {
      readonly operation: string;
      readonly input: JsonObject | ((state: CaseState) => JsonObject);
      /** Members the output must have, or the fault. Members not named here may be anything. */
      readonly output?: object;
      /** Members the output must not have, as paths such as `Messages.0.Attributes`. */
      readonly absent?: readonly string[];
      readonly fault?: string;
      /** The whole wording, or a matcher. */
      readonly message?: unknown;
    };

export interface ConformanceCase {
  readonly name: string;
  readonly queue?: Partial<QueueDefinition>;
  readonly steps: readonly Step[];
}

/** The handle of the first message that an earlier step received. */
export function receiptOf(state: CaseState, answer: number): string {
  const [message] = state.answers[answer]!.Messages as JsonObject[];
  return message!.ReceiptHandle as string;
}

const THREE_ATTRIBUTES = {
  Hello: { DataType: 'String', StringValue: 'There' },
  General: { DataType: 'String', StringValue: 'Kenobi' },
  'Help.Me': { DataType: 'String', StringValue: 'Me' },
};

/** Digests and wordings marked with a date are recordings of the service in LocalStack's test_sqs.snapshot.json. */
export const CONFORMANCE_CASES: readonly ConformanceCase[] = [
  {
    name: 'a message is answered with its id and the digests of body and attributes (recorded 2023-07-06)',
    steps: [
      {
        operation: 'SendMessage',
        input: { MessageBody: 'msg', MessageAttributes: THREE_ATTRIBUTES },
        output: {
          MD5OfMessageBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
          MD5OfMessageAttributes: '4c360f3fdafd970e05fae2f149d997f5',
          MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
        },
      },
    ],
  },
  {
    name: 'binary attributes are digested as bytes (recorded 2022-12-22)',
    steps: [
      {
        operation: 'SendMessage',
        input: {
          MessageBody: 'test',
          MessageAttributes: {
            attr1: {
              DataType: 'Binary',
              BinaryValue: Buffer.from(
                'traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01',
              ).toString('base64'),
            },
          },
        },
        output: {
          MD5OfMessageBody: '098f6bcd4621d373cade4e832627b4f6',
          MD5OfMessageAttributes: '8cbe4db156db8a94db8b801b7addb984',
        },
      },
    ],
  },
  {
    name: 'a receive returns only the attributes that were asked for, with their own digest (recorded 2023-07-06)',
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'msg', MessageAttributes: THREE_ATTRIBUTES } },
      {
        operation: 'ReceiveMessage',
        input: { VisibilityTimeout: 0, MessageAttributeNames: ['Hello', 'General'] },
        output: {
          Messages: [
            expect.objectContaining({
              MD5OfMessageAttributes: 'fca026605781cb4126a1e9044df24232',
              MessageAttributes: {
                General: { DataType: 'String', StringValue: 'Kenobi' },
                Hello: { DataType: 'String', StringValue: 'There' },
              },
            }) as unknown,
          ],
        },
      },
      {
        operation: 'ReceiveMessage',
        input: { VisibilityTimeout: 0, MessageAttributeNames: ['Hel.*', 'Help.*'] },
        output: {
          Messages: [
            expect.objectContaining({ MD5OfMessageAttributes: '83fee93c1bcd8b9a5a923ffacdc636c7' }) as unknown,
          ],
        },
      },
      {
        operation: 'ReceiveMessage',
        input: { VisibilityTimeout: 0, MessageAttributeNames: ['.*'] },
        output: {
          Messages: [
            expect.objectContaining({ MD5OfMessageAttributes: '4c360f3fdafd970e05fae2f149d997f5' }) as unknown,
          ],
        },
      },
      {
        operation: 'ReceiveMessage',
        input: { VisibilityTimeout: 0, MessageAttributeNames: ['Nothing'] },
        absent: ['Messages.0.MessageAttributes', 'Messages.0.MD5OfMessageAttributes'],
      },
    ],
  },
  {
    name: 'the system attributes are returned when they are asked for',
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'msg', MessageGroupId: 'tenant-1' } },
      {
        operation: 'ReceiveMessage',
        input: { VisibilityTimeout: 0, MessageSystemAttributeNames: ['All'] },
        output: {
          Messages: [
            expect.objectContaining({
              Attributes: {
                ApproximateReceiveCount: '1',
                SentTimestamp: expect.stringMatching(/^\d{13}$/) as unknown,
                ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/) as unknown,
                SenderId: expect.any(String) as unknown,
                MessageGroupId: 'tenant-1',
              },
            }) as unknown,
          ],
        },
      },
      {
        operation: 'ReceiveMessage',
        input: { AttributeNames: ['ApproximateReceiveCount'] },
        output: { Messages: [expect.objectContaining({ Attributes: { ApproximateReceiveCount: '2' } }) as unknown] },
      },
    ],
  },
  {
    name: 'a receive from an empty queue has no Messages',
    steps: [{ operation: 'ReceiveMessage', input: {}, absent: ['Messages'] }],
  },
  {
    name: 'a received message is hidden until its visibility timeout has passed',
    queue: { visibilityTimeoutSeconds: 5 },
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'msg' } },
      { operation: 'ReceiveMessage', input: {}, output: { Messages: [expect.anything() as unknown] } },
      { waitSeconds: 4 },
      { operation: 'ReceiveMessage', input: {}, absent: ['Messages'] },
      { waitSeconds: 2 },
      { operation: 'ReceiveMessage', input: {}, output: { Messages: [expect.anything() as unknown] } },
    ],
  },
  {
    name: 'a deleted message does not come back',
    queue: { visibilityTimeoutSeconds: 1 },
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'msg' } },
      { operation: 'ReceiveMessage', input: {} },
      { operation: 'DeleteMessage', input: (state) => ({ ReceiptHandle: receiptOf(state, 1) }) },
      { waitSeconds: 2 },
      { operation: 'ReceiveMessage', input: {}, absent: ['Messages'] },
    ],
  },
  {
    name: 'deleting twice is no fault',
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'msg' } },
      { operation: 'ReceiveMessage', input: {} },
      { operation: 'DeleteMessage', input: (state) => ({ ReceiptHandle: receiptOf(state, 1) }) },
      { operation: 'DeleteMessage', input: (state) => ({ ReceiptHandle: receiptOf(state, 1) }), output: {} },
    ],
  },
  {
    name: 'the receipt of an earlier receive deletes nothing, and the caller is not told',
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'msg' } },
      { operation: 'ReceiveMessage', input: { VisibilityTimeout: 0 } },
      { operation: 'ReceiveMessage', input: { VisibilityTimeout: 0 } },
      { operation: 'DeleteMessage', input: (state) => ({ ReceiptHandle: receiptOf(state, 1) }), output: {} },
      { operation: 'ReceiveMessage', input: {}, output: { Messages: [expect.anything() as unknown] } },
    ],
  },
  {
    name: 'a changed visibility counts from the change, and 0 shows the message at once',
    queue: { visibilityTimeoutSeconds: 10 },
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'msg' } },
      { operation: 'ReceiveMessage', input: {} },
      { waitSeconds: 8 },
      {
        operation: 'ChangeMessageVisibility',
        input: (state) => ({ ReceiptHandle: receiptOf(state, 1), VisibilityTimeout: 10 }),
      },
      { waitSeconds: 8 },
      { operation: 'ReceiveMessage', input: {}, absent: ['Messages'] },
      {
        operation: 'ChangeMessageVisibility',
        input: (state) => ({ ReceiptHandle: receiptOf(state, 1), VisibilityTimeout: 0 }),
      },
      { operation: 'ReceiveMessage', input: {}, output: { Messages: [expect.anything() as unknown] } },
    ],
  },
  {
    name: 'the visibility of a message that is not in flight cannot be changed',
    queue: { visibilityTimeoutSeconds: 1 },
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'msg' } },
      { operation: 'ReceiveMessage', input: {} },
      { waitSeconds: 2 },
      {
        operation: 'ChangeMessageVisibility',
        input: (state) => ({ ReceiptHandle: receiptOf(state, 1), VisibilityTimeout: 10 }),
        fault: 'InvalidParameterValueException',
        message: expect.stringContaining(
          'Reason: Message does not exist or is not available for visibility timeout change.',
        ) as unknown,
      },
    ],
  },
  {
    name: 'a delayed message is received after its delay, which the message can set against the queue',
    queue: { delaySeconds: 10 },
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'slow' } },
      { operation: 'SendMessage', input: { MessageBody: 'quick', DelaySeconds: 0 } },
      {
        operation: 'ReceiveMessage',
        input: { MaxNumberOfMessages: 10 },
        output: { Messages: [expect.objectContaining({ Body: 'quick' }) as unknown] },
      },
      { waitSeconds: 11 },
      {
        operation: 'ReceiveMessage',
        input: { MaxNumberOfMessages: 10 },
        output: { Messages: [expect.objectContaining({ Body: 'slow' }) as unknown] },
      },
    ],
  },
  {
    name: 'a receive returns at most what was asked for, and 1 by default',
    steps: [
      {
        operation: 'SendMessageBatch',
        input: { Entries: ['a', 'b', 'c'].map((id) => ({ Id: id, MessageBody: id })) },
        output: { Successful: ['a', 'b', 'c'].map((id) => expect.objectContaining({ Id: id }) as unknown) },
        absent: ['Failed'],
      },
      { operation: 'ReceiveMessage', input: {}, output: { Messages: [expect.anything() as unknown] } },
      {
        operation: 'ReceiveMessage',
        input: { MaxNumberOfMessages: 10 },
        output: { Messages: [expect.anything() as unknown, expect.anything() as unknown] },
      },
    ],
  },
  {
    name: 'more than ten messages cannot be asked for (recorded 2022-12-29)',
    steps: [
      {
        operation: 'ReceiveMessage',
        input: { MaxNumberOfMessages: 11 },
        fault: 'InvalidParameterValueException',
        message:
          'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
      },
    ],
  },
  {
    name: 'a message over the limit of the queue is refused (wording recorded 2022-11-12)',
    queue: { maximumMessageSizeBytes: 1024 },
    steps: [
      {
        operation: 'SendMessage',
        input: {
          MessageBody: 'a'.repeat(1020),
          MessageAttributes: { k: { DataType: 'String', StringValue: 'v' } },
        },
        fault: 'InvalidParameterValueException',
        message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
      },
      { operation: 'SendMessage', input: { MessageBody: 'a'.repeat(1024) }, output: {} },
    ],
  },
  {
    name: 'one MiB is accepted, a byte more is not',
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'a'.repeat(1_048_576) }, output: {} },
      {
        operation: 'SendMessage',
        input: { MessageBody: `${'a'.repeat(1_048_575)}é` },
        fault: 'InvalidParameterValueException',
      },
    ],
  },
  {
    name: 'a batch over one MiB in all is refused as a whole (wording recorded 2022-11-13)',
    steps: [
      {
        operation: 'SendMessageBatch',
        input: {
          Entries: [
            { Id: 'a', MessageBody: 'a'.repeat(1_048_576) },
            { Id: 'b', MessageBody: 'b' },
          ],
        },
        fault: 'BatchRequestTooLong',
        message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
      },
      { operation: 'ReceiveMessage', input: {}, absent: ['Messages'] },
    ],
  },
  {
    name: 'a batch of more than ten entries is refused (recorded 2023-08-29)',
    steps: [
      {
        operation: 'SendMessageBatch',
        input: { Entries: Array.from({ length: 20 }, (_, index) => ({ Id: `${index}`, MessageBody: 'msg' })) },
        fault: 'TooManyEntriesInBatchRequest',
        message: 'Maximum number of entries per request are 10. You have sent 20.',
      },
    ],
  },
  {
    name: 'the ids of a batch are well formed and distinct (wording recorded 2022-12-12)',
    steps: [
      {
        operation: 'SendMessageBatch',
        input: { Entries: [{ Id: 'invalid:id', MessageBody: 'msg' }] },
        fault: 'InvalidBatchEntryId',
        message:
          'A batch entry id can only contain alphanumeric characters, hyphens and underscores. ' +
          'It can be at most 80 letters long.',
      },
      {
        operation: 'SendMessageBatch',
        input: {
          Entries: [
            { Id: 'a', MessageBody: 'msg' },
            { Id: 'a', MessageBody: 'msg' },
          ],
        },
        fault: 'BatchEntryIdsNotDistinct',
        message: 'Id a repeated.',
      },
      { operation: 'SendMessageBatch', input: { Entries: [] }, fault: 'EmptyBatchRequest' },
    ],
  },
  {
    name: 'one bad entry of a batch does not stop the others',
    steps: [
      {
        operation: 'SendMessageBatch',
        input: {
          Entries: [
            { Id: 'good', MessageBody: 'msg' },
            { Id: 'bad', MessageBody: 'msg', DelaySeconds: 901 },
          ],
        },
        output: {
          Successful: [expect.objectContaining({ Id: 'good' }) as unknown],
          Failed: [expect.objectContaining({ Id: 'bad', Code: 'InvalidParameterValue', SenderFault: true }) as unknown],
        },
      },
    ],
  },
  {
    name: 'a batch of deletions tells each receipt apart',
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'msg' } },
      { operation: 'ReceiveMessage', input: {} },
      {
        operation: 'DeleteMessageBatch',
        input: (state) => ({
          Entries: [
            { Id: 'good', ReceiptHandle: receiptOf(state, 1) },
            { Id: 'bad', ReceiptHandle: 'never issued' },
          ],
        }),
        output: {
          Successful: [{ Id: 'good' }],
          Failed: [expect.objectContaining({ Id: 'bad', Code: 'ReceiptHandleIsInvalid' }) as unknown],
        },
      },
    ],
  },
  {
    name: 'a text that was never a receipt handle is refused',
    steps: [
      {
        operation: 'DeleteMessage',
        input: { ReceiptHandle: 'never issued' },
        fault: 'ReceiptHandleIsInvalid',
        message: 'The input receipt handle "never issued" is not a valid receipt handle.',
      },
    ],
  },
  {
    name: 'required parameters are required',
    steps: [
      {
        operation: 'SendMessage',
        input: { MessageBody: '' },
        fault: 'MissingRequiredParameterException',
        message: 'The request must contain the parameter MessageBody.',
      },
      {
        operation: 'DeleteMessage',
        input: {},
        fault: 'MissingRequiredParameterException',
        message: 'The request must contain the parameter ReceiptHandle.',
      },
    ],
  },
  {
    name: 'a queue that is not there is told by its own exception',
    steps: [
      {
        operation: 'SendMessage',
        input: (state) => ({ QueueUrl: `${state.queueUrl}-other`, MessageBody: 'msg' }),
        fault: 'QueueDoesNotExist',
        message: 'The specified queue does not exist.',
      },
      { operation: 'GetQueueUrl', input: { QueueName: 'nowhere' }, fault: 'QueueDoesNotExist' },
    ],
  },
  {
    name: 'characters that XML cannot hold are refused',
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'a\u0000b' }, fault: 'InvalidMessageContents' },
      { operation: 'SendMessage', input: { MessageBody: 'tab\tnewline\nsmile \u{1F600}' }, output: {} },
    ],
  },
  {
    name: 'the attributes of the queue tell what it holds and how it is set up',
    queue: { visibilityTimeoutSeconds: 60, messageRetentionPeriodSeconds: 3600 },
    steps: [
      {
        operation: 'SendMessageBatch',
        input: {
          Entries: [
            { Id: 'a', MessageBody: 'msg' },
            { Id: 'b', MessageBody: 'msg' },
            { Id: 'c', MessageBody: 'msg', DelaySeconds: 5 },
          ],
        },
      },
      { operation: 'ReceiveMessage', input: {} },
      {
        operation: 'GetQueueAttributes',
        input: { AttributeNames: ['All'] },
        output: {
          Attributes: expect.objectContaining({
            ApproximateNumberOfMessages: '1',
            ApproximateNumberOfMessagesNotVisible: '1',
            ApproximateNumberOfMessagesDelayed: '1',
            VisibilityTimeout: '60',
            MessageRetentionPeriod: '3600',
            DelaySeconds: '0',
            QueueArn: expect.stringMatching(/^arn:aws:sqs:/) as unknown,
          }) as unknown,
        },
      },
      {
        operation: 'GetQueueAttributes',
        input: { AttributeNames: ['ApproximateNumberOfMessages'] },
        output: { Attributes: { ApproximateNumberOfMessages: '1' } },
      },
      {
        operation: 'GetQueueAttributes',
        input: { AttributeNames: ['Size'] },
        fault: 'InvalidAttributeName',
        message: 'Unknown Attribute Size.',
      },
    ],
  },
  {
    name: 'a message is gone when its retention has passed',
    queue: { messageRetentionPeriodSeconds: 60 },
    steps: [
      { operation: 'SendMessage', input: { MessageBody: 'msg' } },
      { waitSeconds: 61 },
      { operation: 'ReceiveMessage', input: {}, absent: ['Messages'] },
    ],
  },
];
