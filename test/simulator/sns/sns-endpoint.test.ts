import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import { Readable } from 'node:stream';
import { Cloud } from '../../../simulator';

const region = 'us-east-1';

/** The real SDK, whose requests go to the embedded cloud. */
function createWorld(mayPublish: boolean) {
  const cloud = new Cloud({
    assembly: { stacks: [{ stackName: 's', region, template: { Resources: {} } }], bundles: new Map() },
    seed: 1,
  });
  const { arn } = cloud.sns.createTopic(region, 'page', {});
  const role = `arn:aws:iam::${cloud.accountId}:role/responder`;
  cloud.iam.addPrincipal(role);
  if (mayPublish)
    cloud.iam.attachPolicy(role, { Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: arn }] });
  const { accessKeyId, secretAccessKey, sessionToken } = cloud.iam.credentialsOf(role);
  const sns = new SNSClient({
    region,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    requestHandler: {
      handle: async ({ method, hostname, path, headers, body }: HttpRequest) => {
        const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
        const sent = cloud.request(
          { method, host: hostname, port: 443, path, headers: lower, body: String(body) },
          5_000,
        );
        await cloud.runUntil(1);
        const answer = (await sent)!;
        const stream = Readable.from([Buffer.from(answer.body)]);
        return {
          response: new HttpResponse({ statusCode: answer.status, headers: { ...answer.headers }, body: stream }),
        };
      },
    },
  });
  const publish = () => sns.send(new PublishCommand({ TopicArn: arn, Subject: 'What & why', Message: 'a\nb <c>' }));
  return { cloud, publish };
}

describe('SNS over the network', () => {
  it('takes a message from an identity that may publish, as the SDK sends it', async () => {
    const { cloud, publish } = createWorld(true);

    const { MessageId } = await publish();
    await cloud.runUntil(3);

    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(cloud.sns.deliveries).toMatchObject([{ subject: 'What & why', message: 'a\nb <c>' }]);
  });

  it('refuses an identity without the grant, by the name that the SDK knows', async () => {
    const { cloud, publish } = createWorld(false);

    await expect(publish()).rejects.toMatchObject({ name: expect.stringContaining('AuthorizationError') });
    expect(cloud.iam.denials).toMatchObject([{ action: 'sns:Publish' }]);
  });
});
