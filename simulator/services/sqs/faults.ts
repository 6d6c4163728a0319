import { AwsFault } from '../aws-service';

/**
 * The codes of the older query protocol, which the service adds to an error answer as the header `x-amzn-query-error`
 * (`code;Sender`) and which the SDK shows as `error.Error.Code`. Codes that are not listed are the same in both
 * protocols.
 */
const QUERY_CODES: Readonly<Record<string, string>> = {
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  InvalidParameterValueException: 'InvalidParameterValue',
  MissingRequiredParameterException: 'MissingParameter',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

/** The value of the header `x-amzn-query-error` for a fault of this service. */
export function queryErrorHeader(code: string): string {
  return `${QUERY_CODES[code] ?? code};Sender`;
}

export function invalidParameterFault(message: string): AwsFault {
  return new AwsFault('InvalidParameterValueException', message);
}

/** "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided." */
export function invalidValueFault(parameter: string, value: unknown, reason: string): AwsFault {
  return invalidParameterFault(`Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

export function missingParameterFault(parameter: string): AwsFault {
  return new AwsFault('MissingRequiredParameterException', `The request must contain the parameter ${parameter}.`);
}

export function queueDoesNotExistFault(): AwsFault {
  return new AwsFault('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function receiptHandleIsInvalidFault(receiptHandle: string): AwsFault {
  return new AwsFault(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
    404,
  );
}
