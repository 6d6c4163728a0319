import type { ClientRequest } from './platform';
import type { RequestAuthorizer } from './request-signer';

/** Sends a token of the issuer along. It is asked for before each attempt, so that it may be renewed meanwhile. */
export class BearerToken implements RequestAuthorizer {
  constructor(private readonly token: () => string | Promise<string>) {}

  async sign(request: ClientRequest): Promise<ClientRequest> {
    return { ...request, headers: { ...request.headers, authorization: `Bearer ${await this.token()}` } };
  }
}
