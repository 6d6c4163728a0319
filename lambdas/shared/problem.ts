import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { PROBLEMS, problemType, type ProblemSlug } from '../../blueprint/order-api';
import { logger } from './logger';

/** Seconds after which a repeat is welcome. */
const RETRY_AFTER_SECONDS = 1;

/** An error that is to be answered as it is. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly slug: ProblemSlug,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** A problem body of RFC 9457 (https://www.rfc-editor.org/rfc/rfc9457). */
export function problemResponse(slug: ProblemSlug, detail: string): APIGatewayProxyStructuredResultV2 {
  const { status, title } = PROBLEMS[slug];
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}),
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
    if (error instanceof Problem) return problemResponse(error.slug, error.detail);
    logger.error('The request failed.', error as Error);
    return isDependencyFailure(error)
      ? problemResponse('try-again', 'A service this depends on did not answer in time.')
      : problemResponse('internal-error', 'The failure was logged.');
  }
}
