/** An attribute that the sender gave to a message. Binary stays the base64 text of the wire. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with an optional label of the sender's after a dot. */
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What a sender hands in, checked. */
export interface OutgoingMessage {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly messageGroupId: string | undefined;
  /** @default - that of the queue */
  readonly delaySeconds: number | undefined;
}

/** A message as a receiver gets it. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly messageAttributes: MessageAttributes;
  /** `SentTimestamp`, `ApproximateReceiveCount` and so on: the system's own attributes, all as text. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message as a checker sees it. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes: MessageAttributes;
  readonly state: MessageState;
  /** When it was first sent; a dead-letter queue keeps that time. */
  readonly sentEpochMs: number;
  /** Receives in all queues. */
  readonly receiveCount: number;
}

/** `delayed` and `inFlight` messages become `visible` at a known time. */
export type MessageState = 'delayed' | 'visible' | 'inFlight';
