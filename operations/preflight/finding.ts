/**
 * `blocker`: a deployment would fail or do harm. `unknown`: it could not be asked, so it may. `note`: nothing to do before a
 * deployment.
 */
export type FindingLevel = 'blocker' | 'unknown' | 'note';

export interface PreflightFinding {
  readonly check: string;
  readonly level: FindingLevel;
  /** @default - it is about no region in particular */
  readonly region?: string;
  readonly text: string;
  /** What to do, as a command where one does it. */
  readonly fix: string;
}

/** Names of errors by which AWS services say that the caller may not. */
const DENIALS = /AccessDenied|NotAuthorized|UnauthorizedOperation|AuthorizationError/;
const THROTTLES = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|PriorRequestNotComplete/;
const CREDENTIALS =
  /Credentials|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|TokenRefresh/;

export const isAboutCredentials = (error: unknown): boolean =>
  error instanceof Error && CREDENTIALS.test(`${error.name} ${error.message}`);

/** What a call that failed means for the check that made it. */
export function unanswered(check: string, region: string | undefined, error: unknown): PreflightFinding {
  const { name, message } = error as Error;
  const at = region === undefined ? {} : { region };
  const finding = (text: string, fix: string): PreflightFinding => ({ check, level: 'unknown', ...at, text, fix });
  if (DENIALS.test(name)) {
    return finding(
      `It cannot be asked: ${message}`,
      'Give this identity the action that is named, which only reads, and run it again.',
    );
  }
  if (THROTTLES.test(name)) return finding('AWS throttles the question.', 'Wait a minute and run it again.');
  return finding(
    `It does not answer: ${name}: ${message}`,
    'Look at the network and at health.aws.amazon.com, and run it again.',
  );
}
