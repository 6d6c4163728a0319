/** An HTTP request as it travels through the simulated network. Header names are in lower case. */
export interface HttpRequest {
  readonly method: string;
  readonly host: string;
  readonly port: number;
  /** Path with its query string. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Something that answers requests at a host name. */
export interface Endpoint {
  /** The region it stands in. */
  readonly region: string;
  /** For the trace, for faults and for latency: `dynamodb`, `sqs`, `execute-api`. */
  readonly service: string;
  /** A short name for what is asked, such as `PutItem` or `POST /orders`: faults select on it and the trace shows it. */
  operation(request: HttpRequest): string;
  /** Called when the request has arrived; `reply` may be called at once or later, and only the first call counts. */
  receive(request: HttpRequest, from: string, reply: (response: HttpResponse) => void): void;
}
