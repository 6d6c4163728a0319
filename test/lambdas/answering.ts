import { Readable } from 'node:stream';
import type { HttpRequest, MetadataBearer, RequestHandler } from '@smithy/types';

/** Status and body of an answer: what is no text is sent as JSON. */
export type Answer = readonly [status: number, body: object | string];

export interface Answering<Client> {
  readonly client: Client;
  /** What has been sent, as it was handed to the network. */
  readonly requests: readonly HttpRequest[];
}

/** The client with nothing behind it but these answers, one a request, and after them the last one again. */
export function answering<Client extends { readonly config: { requestHandler: unknown } }>(
  client: Client,
  ...answers: readonly Answer[]
): Answering<Client> {
  const requests: HttpRequest[] = [];
  client.config.requestHandler = {
    ...(client.config.requestHandler as RequestHandler<HttpRequest, MetadataBearer>),
    handle: (request: HttpRequest) => {
      const [statusCode, body] = answers[Math.min(requests.length, answers.length - 1)]!;
      requests.push(request);
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amzn-requestid': `request-${requests.length}`,
      };
      const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
      return Promise.resolve({ response: { statusCode, headers, body: Readable.from([bytes]) } });
    },
  };
  return { client, requests };
}
