import { invalidValueFault } from './faults';

/** Twelve hours. */
const VISIBILITY_TIMEOUT_SECONDS_MAX = 43_200;

/** @throws AwsFault InvalidParameterValueException */
export function checkVisibilityTimeout(seconds: number): void {
  if (seconds >= 0 && seconds <= VISIBILITY_TIMEOUT_SECONDS_MAX) return;
  const reason = `Must be between 0 and ${VISIBILITY_TIMEOUT_SECONDS_MAX}, if provided.`;
  throw invalidValueFault('VisibilityTimeout', seconds, reason);
}
