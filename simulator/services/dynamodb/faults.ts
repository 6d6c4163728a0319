import { AwsFault } from '../aws-service';

const ENVELOPE = '1 validation error detected: ';

/** The request is malformed or breaks a rule of the service. */
export function validationFault(message: string): AwsFault {
  return new AwsFault('ValidationException', message);
}

/**
 * The JSON has the wrong shape for the member it is given to. The request is refused before anything else is looked at.
 */
export function serializationFault(message: string): AwsFault {
  return new AwsFault('SerializationException', message);
}

/** No such table in this region. Data operations do not name it; DescribeTable does. */
export function resourceNotFoundFault(detail = ''): AwsFault {
  return new AwsFault('ResourceNotFoundException', `Requested resource not found${detail}`);
}

/** "One or more parameter values were invalid: ...", the service's preface to many refusals. */
export function invalidValueFault(detail: string): AwsFault {
  return validationFault(`One or more parameter values were invalid: ${detail}`);
}

/**
 * Runs the checks that a write makes before it looks for its table. What they refuse is put into an envelope that other
 * operations do not have. Source:
 * https://github.com/paritysuite/dynamodb-conformance (tests/tier3/error-messages/valueLayers.test.ts)
 */
export function withinEnvelope<Result>(checks: () => Result): Result {
  try {
    return checks();
  } catch (error) {
    if (!(error instanceof AwsFault) || error.code !== 'ValidationException') throw error;
    if (/^\d+ validation errors? detected: /.test(error.message)) throw error;
    throw validationFault(ENVELOPE + error.message);
  }
}
