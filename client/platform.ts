/** Everything the client needs of the world it runs in: a clock, chance, DNS and HTTP. */
export interface ClientPlatform {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(durationMs: number): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
  /**
   * The host name the service's name points at now: the end of its CNAME chain, or the name itself when it is an alias.
   * Cached for as long as DNS allows. @throws ClientConnectionError when nothing answers
   */
  resolve(name: string): Promise<string>;
  /**
   * The text of a TXT record, cached for as long as DNS allows. @throws ClientConnectionError when nothing answers
   * @default - hosts must name their region themselves, or be configured with it
   */
  resolveText?(name: string): Promise<string>;
  /**
   * Sends one request.
   * @throws ClientTimeout when no answer came in time
   * @throws ClientConnectionError when the request could not be sent or the connection broke
   */
  send(request: ClientRequest, timeoutMs: number): Promise<ClientResponse>;
}

export interface ClientRequest {
  readonly method: 'GET' | 'POST';
  /** The name that is asked: Host header and server name. */
  readonly host: string;
  /** The name to connect to, when DNS has already been followed that far. @default - `host` */
  readonly connectTo?: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ClientResponse {
  readonly status: number;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** No answer within the attempt's time. Whether the request was executed is unknown. */
export class ClientTimeout extends Error {
  override readonly name = 'ClientTimeout';
}

/** No address, no connection, or a broken one. Whether the request was executed is unknown. */
export class ClientConnectionError extends Error {
  override readonly name = 'ClientConnectionError';
}
