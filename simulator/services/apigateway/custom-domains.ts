import type { Endpoint, HttpRequest, HttpResponse } from '../../network/http-message';
import { edgeError } from './edge-error';
import type { HttpApi } from './http-api';

/**
 * The Regional custom domain names of one region. One and the same endpoint stands behind the regional host of each: what
 * the request says in `Host` decides which API answers, and nothing else does.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
 */
export class CustomDomains implements Endpoint {
  readonly service = 'execute-api';
  private readonly mappings = new Map<string, HttpApi>();

  constructor(readonly region: string) {}

  /** Sends the requests for a domain name to an API, with their paths as they are. */
  map(domainName: string, api: HttpApi): void {
    this.mappings.set(domainName, api);
  }

  isMapped(domainName: string): boolean {
    return this.mappings.has(domainName);
  }

  operation(request: HttpRequest): string {
    return this.apiFor(request)?.operation(request) ?? `${request.method} (no mapping)`;
  }

  /** Answers 403 where no mapping fits: https://repost.aws/knowledge-center/api-gateway-http403-forbidden */
  receive(request: HttpRequest, from: string, reply: (response: HttpResponse) => void): void {
    const api = this.apiFor(request);
    if (api === undefined) reply(edgeError(403, 'Forbidden'));
    else api.receive(request, from, reply);
  }

  private apiFor({ headers, host }: HttpRequest): HttpApi | undefined {
    return this.mappings.get((headers['host'] ?? host).toLowerCase());
  }
}
