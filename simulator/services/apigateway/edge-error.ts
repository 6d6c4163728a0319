import type { HttpResponse } from '../../network/http-message';

/** What API Gateway answers itself. HTTP APIs have no gateway responses: it has this form, and no Retry-After. */
export function edgeError(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ message }) };
}
