/** Everything the client needs of the world it runs in: a clock, chance, DNS and HTTP. */
export interface ClientPlatform {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(durationMs: number): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
  /** The host name the service's name points at now, cached for as long as DNS allows. @throws when nothing answers */
  resolve(name: string): Promise<string>;
  /** Sends one request. @throws ClientTimeout when no answer came in time */
  send(request: ClientRequest, timeoutMs: number): Promise<ClientResponse>;
}

export interface ClientRequest {
  readonly method: 'GET' | 'POST';
  readonly host: string;
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
