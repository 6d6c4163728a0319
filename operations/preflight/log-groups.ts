import { HttpRequest } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { RequestSigner, type SignerCredentials } from '../../client';

/**
 * Whether there is a log group of that name, asked with a signed request of our own: one question is no reason for one more
 * client in the list of dependencies. What begins with the name comes sorted, itself first
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html).
 * @throws an error with the name that CloudWatch Logs gives it, as a client of the SDK would
 */
export async function hasLogGroup(
  region: string,
  logGroupName: string,
  credentials: SignerCredentials,
): Promise<boolean> {
  const host = `logs.${region}.amazonaws.com`;
  const { method, path, headers, body } = await new RequestSigner(credentials, { service: 'logs' }).sign(
    {
      method: 'POST',
      host,
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.DescribeLogGroups' },
      body: JSON.stringify({ logGroupNamePrefix: logGroupName, limit: 1 }),
    },
    Date.now(),
    region,
  );
  const request = new HttpRequest({ protocol: 'https:', hostname: host, method, path, headers: { ...headers }, body });
  const { response } = await new NodeHttpHandler().handle(request);
  let text = '';
  for await (const chunk of response.body as AsyncIterable<Buffer>) text += chunk.toString('utf8');
  if (response.statusCode !== 200) throw errorOf(response.statusCode, text);
  const { logGroups = [] } = JSON.parse(text) as { readonly logGroups?: readonly { readonly logGroupName: string }[] };
  return logGroups[0]?.logGroupName === logGroupName;
}

/** An answer of the JSON protocol says in `__type` what went wrong; one of a proxy on the way says nothing. */
function errorOf(status: number, text: string): Error {
  try {
    const { __type, message } = JSON.parse(text) as { readonly __type: string; readonly message?: string };
    return Object.assign(new Error(message ?? text), { name: __type.split('#').at(-1) });
  } catch {
    return new Error(`CloudWatch Logs answers ${status}.`);
  }
}
