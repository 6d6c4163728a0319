import { NotModelled } from '../kernel/errors';
import type { Kernel } from '../kernel/kernel';
import type { RandomStream } from '../kernel/random-stream';
import type { Endpoint, HttpRequest, HttpResponse } from '../network/http-message';
import { AwsFault, type AwsCall, type AwsJsonService, type JsonObject } from './aws-service';
import { denialMessage, type Iam } from './iam/iam';
import { parseCredential } from './iam/signature';

export interface AwsJsonEndpointOptions {
  readonly kernel: Kernel;
  readonly iam: Iam;
  readonly service: AwsJsonService;
  readonly serviceName: string;
  readonly region: string;
  /** The start of `__type` in errors, such as `com.amazonaws.dynamodb.v20120810`. */
  readonly errorNamespace: string;
}

/**
 * One region's endpoint of a service that speaks AWS JSON 1.0: authentication, authorization, the call, the answer. Only
 * the credential scope of a signature is checked here, since the SDK computes the rest and checking it would double the
 * cost of every call.
 */
export class AwsJsonEndpoint implements Endpoint {
  readonly region: string;
  readonly service: string;
  private readonly requestIds: RandomStream;

  constructor(private readonly options: AwsJsonEndpointOptions) {
    this.region = options.region;
    this.service = options.serviceName;
    this.requestIds = options.kernel.random(`request-id/${this.service}/${this.region}`);
  }

  operation(request: HttpRequest): string {
    const target = request.headers['x-amz-target'] ?? '';
    return target.slice(target.indexOf('.') + 1);
  }

  receive(request: HttpRequest, _from: string, reply: (response: HttpResponse) => void): void {
    const call: AwsCall = {
      region: this.region,
      operation: this.operation(request),
      input: JSON.parse(request.body) as JsonObject,
    };
    const { service } = this.options;
    this.attempt(reply, () => {
      this.authorize(request, call);
      const deferred = service.defer?.(call);
      if (deferred === undefined) return reply(this.respond(200, service.execute(call)));
      deferred((answer) => this.attempt(reply, () => reply(this.respond(200, answer()))));
    });
  }

  private attempt(reply: (response: HttpResponse) => void, action: () => void): void {
    try {
      action();
    } catch (error) {
      if (error instanceof AwsFault) reply(this.refuse(error));
      else this.options.kernel.fail(error);
    }
  }

  private authorize(request: HttpRequest, call: AwsCall): void {
    const { iam, serviceName } = this.options;
    const scope = parseCredential(request);
    if (scope === undefined)
      throw new AwsFault('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
    const principal = iam.principalOf(scope.accessKeyId);
    if (principal === undefined) {
      throw new AwsFault('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    if (scope.region !== this.region || scope.service !== serviceName) {
      throw new AwsFault(
        'InvalidSignatureException',
        `Credential should be scoped to a valid region and service, got ${scope.region}/${scope.service}.`,
      );
    }
    for (const { action, resource } of this.options.service.permissions(call)) {
      if (!iam.authorize(principal, action, resource)) {
        throw new AwsFault('AccessDeniedException', denialMessage(principal, action, resource));
      }
    }
  }

  private refuse(fault: AwsFault): HttpResponse {
    if (fault.httpStatus < 400) throw new NotModelled(`A fault with status ${fault.httpStatus}`, 'Use 4xx or 5xx.');
    const type = `${this.options.errorNamespace}#${fault.code}`;
    return this.respond(fault.httpStatus, { __type: type, message: fault.message, ...fault.fields });
  }

  private respond(status: number, body: JsonObject): HttpResponse {
    return {
      status,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amzn-requestid': this.requestIds.uuid(),
      },
      body: JSON.stringify(body),
    };
  }
}
