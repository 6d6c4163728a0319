import { Kernel } from '../../../simulator/kernel/kernel';
import type { JsonObject } from '../../../simulator/services/aws-service';
import { Sns } from '../../../simulator/services/sns';

const PAGES = 'arn:aws:sns:us-east-1:123456789012:pages';

function world(seed = 1) {
  const kernel = new Kernel({ seed });
  return { kernel, sns: new Sns(kernel, { accountId: '123456789012' }) };
}

describe('a topic', () => {
  test('delivers what is published to it, a little later, and says who was told', async () => {
    const { kernel, sns } = world();
    sns.createTopic('us-east-1', 'pages', { Subscription: [{ Protocol: 'email', Endpoint: 'first@example.com' }] });
    sns.createSubscription({ TopicArn: PAGES, Protocol: 'email-json', Endpoint: 'second@example.com' });

    sns.publish(PAGES, 'ALARM: "queue-age"', '{}');
    await kernel.runUntil(1_000_000);

    expect(sns.deliveries).toEqual([
      {
        timeUs: expect.any(Number),
        region: 'us-east-1',
        topicArn: PAGES,
        subject: 'ALARM: "queue-age"',
        message: '{}',
        subscribers: ['email:first@example.com', 'email-json:second@example.com'],
      },
    ]);
    expect(sns.deliveries[0]!.timeUs).toBeGreaterThanOrEqual(50_000);
    expect(sns.deliveries[0]!.timeUs).toBeLessThanOrEqual(500_000);
  });

  test('takes its name from the template, or else the generated one', () => {
    const { sns } = world();

    expect(sns.createTopic('us-west-2', 'generated', { TopicName: 'pages' }).arn).toBe(
      'arn:aws:sns:us-west-2:123456789012:pages',
    );
    expect(sns.createTopic('us-west-2', 'generated', {}).arn).toBe('arn:aws:sns:us-west-2:123456789012:generated');
    expect(sns.hasTopic(PAGES)).toBe(false);
  });

  test('must exist, and takes subjects of at most 100 characters', () => {
    const { sns } = world();

    expect(() => sns.publish(PAGES, 'subject', '')).toThrow(/Topic .*pages does not exist/);
    expect(() => sns.createSubscription({ TopicArn: PAGES, Protocol: 'email', Endpoint: 'a@example.com' })).toThrow(
      /does not exist/,
    );
    sns.createTopic('us-east-1', 'pages', {});
    expect(() => sns.publish(PAGES, 's'.repeat(101), '')).toThrow(/at most 100 characters, got 101/);
  });

  test.each([
    [{ FifoTopic: true }, /FifoTopic true is not modelled/],
    [{ KmsMasterKeyId: 'alias/aws/sns' }, /KmsMasterKeyId is not modelled/],
    [{ Subscription: [{ Protocol: 'lambda', Endpoint: 'arn' }] }, /Protocol "lambda" is not modelled/],
    [
      { Subscription: [{ Protocol: 'email', Endpoint: 'a@example.com', FilterPolicy: {} }] },
      /FilterPolicy is not modelled/,
    ],
  ])('is refused with %j', (properties, message) => {
    const { sns } = world();

    expect(() => sns.createTopic('us-east-1', 'pages', properties as JsonObject)).toThrow(message);
  });

  test('delivers at the same instants for the same seed, at others for another', async () => {
    const run = async (seed: number): Promise<string> => {
      const { kernel, sns } = world(seed);
      sns.createTopic('us-east-1', 'pages', {});
      sns.publish(PAGES, 'subject', 'message');
      await kernel.runUntil(1_000_000);
      return kernel.trace.digest();
    };

    const [first, again, other] = [await run(1), await run(1), await run(2)];

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});
