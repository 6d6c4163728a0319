/** Names one receive of one message. */
export interface Receipt {
  readonly queueArn: string;
  /** The message's number within its queue. */
  readonly sequence: number;
  /** The how-manieth receive it was. */
  readonly receive: number;
}

/** An opaque text, as the service hands out. */
export function encodeReceiptHandle({ queueArn, sequence, receive }: Receipt): string {
  return Buffer.from(`${sequence}/${receive}/${queueArn}`).toString('base64');
}

/** Undefined for a text that was never a receipt handle. */
export function decodeReceiptHandle(receiptHandle: string): Receipt | undefined {
  const match = /^(\d+)\/(\d+)\/(arn:aws:sqs:.+)$/.exec(Buffer.from(receiptHandle, 'base64').toString());
  return match === null ? undefined : { sequence: Number(match[1]), receive: Number(match[2]), queueArn: match[3]! };
}
