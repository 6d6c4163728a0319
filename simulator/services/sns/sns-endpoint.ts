import { NotModelled } from '../../kernel/errors';
import type { Kernel } from '../../kernel/kernel';
import type { Endpoint, HttpRequest, HttpResponse } from '../../network/http-message';
import { AwsFault } from '../aws-service';
import { denialMessage, type Iam } from '../iam/iam';
import { parseCredential } from '../iam/signature';
import type { Sns } from './sns';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';
const PARAMETERS = new Set(['Action', 'Version', 'TopicArn', 'Subject', 'Message']);

/**
 * One region's endpoint of SNS, which speaks the Query protocol: a form goes in and XML comes out. Publish is what is
 * modelled. Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export class SnsEndpoint implements Endpoint {
  readonly service = 'sns';

  constructor(
    private readonly kernel: Kernel,
    private readonly iam: Iam,
    private readonly sns: Sns,
    readonly region: string,
  ) {}

  operation(request: HttpRequest): string {
    return new URLSearchParams(request.body).get('Action') ?? '';
  }

  receive(request: HttpRequest, _from: string, reply: (response: HttpResponse) => void): void {
    const form = new URLSearchParams(request.body);
    const requestId = this.kernel.random(`request-id/sns/${this.region}`).uuid();
    try {
      reply(respond(200, this.publish(request, form, requestId)));
    } catch (error) {
      if (!(error instanceof AwsFault)) return this.kernel.fail(error);
      const fault = `<Type>Sender</Type><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message>`;
      const body = `<ErrorResponse xmlns="${NAMESPACE}"><Error>${fault}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
      reply(respond(error.httpStatus, body));
    }
  }

  private publish(request: HttpRequest, form: URLSearchParams, requestId: string): string {
    const action = this.operation(request);
    if (action !== 'Publish') throw new NotModelled(`SNS ${action}`, 'Only Publish is.');
    const unknown = [...form.keys()].find((name) => !PARAMETERS.has(name));
    if (unknown !== undefined) throw new NotModelled(`SNS Publish with ${unknown}`, 'Leave it out.');
    const topicArn = form.get('TopicArn') ?? '';
    this.authorize(request, topicArn);
    this.sns.publish(topicArn, form.get('Subject') ?? '', form.get('Message') ?? '');
    const result = `<PublishResult><MessageId>${requestId}</MessageId></PublishResult>`;
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    return `<PublishResponse xmlns="${NAMESPACE}">${result}${metadata}</PublishResponse>`;
  }

  private authorize(request: HttpRequest, topicArn: string): void {
    const scope = parseCredential(request);
    const principal = scope === undefined ? undefined : this.iam.principalOf(scope.accessKeyId);
    if (principal === undefined || scope!.region !== this.region || scope!.service !== this.service) {
      throw new AwsFault('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
    }
    if (!this.iam.authorize(principal, 'sns:Publish', topicArn)) {
      throw new AwsFault('AuthorizationError', denialMessage(principal, 'sns:Publish', topicArn), 403);
    }
  }
}

function respond(status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
