import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { PROBLEMS, problemType, type ProblemSlug } from '../../blueprint/order-api';
import { logger } from './logger';

/** Seconds after which a repeat is welcome that was asked for by name. */
const TRY_AGAIN_SECONDS = 1;

/** An error that is to be answered as it is. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly slug: ProblemSlug,
    readonly detail: string,
    /** @default - a second for try-again; for the others a repeat is not asked for */
    readonly retryAfterSeconds: number | undefined = slug === 'try-again' ? TRY_AGAIN_SECONDS : undefined,
  ) {
    // Nobody reads where a refusal was decided, and to find that out is nearly all of what an error costs.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(detail);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** A problem body of RFC 9457 (https://www.rfc-editor.org/rfc/rfc9457). */
function problemResponse({ slug, detail, retryAfterSeconds }: Problem): APIGatewayProxyStructuredResultV2 {
  const { status, title } = PROBLEMS[slug];
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify({ type: problemType(slug), title, status, detail }),
  };
}

export function jsonResponse(
  statusCode: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

/** An AWS SDK error, or a timeout of its transport: the service behind us, and not our code, is the trouble. */
const isDependencyFailure = (error: unknown): boolean =>
  error instanceof Error && ('$metadata' in error || error.name === 'TimeoutError' || 'code' in error);

/**
 * Answer a request, whatever happens. A failed dependency is 503 and may be repeated; anything else is our defect and
 * answers 500. Neither says more to the caller than that.
 */
export async function answering(
  answer: () => Promise<APIGatewayProxyStructuredResultV2>,
): Promise<APIGatewayProxyStructuredResultV2> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Problem) return problemResponse(error);
    logger.error('The request failed.', error as Error);
    return problemResponse(
      isDependencyFailure(error)
        ? new Problem('try-again', 'A service this depends on did not answer in time.')
        : new Problem('internal-error', 'The failure was logged.'),
    );
  }
}
