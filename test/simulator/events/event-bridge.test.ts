import { Kernel } from '../../../simulator/kernel/kernel';
import type { Json, JsonObject } from '../../../simulator/services/aws-service';
import { EventBridge } from '../../../simulator/services/events';
import { parseRate } from '../../../simulator/services/events/schedule-expression';

const MINUTE_US = 60_000_000;
const SWEEPER = 'arn:aws:lambda:us-east-1:123456789012:function:sweeper';
const EVERY_MINUTE: JsonObject = {
  ScheduleExpression: 'rate(1 minute)',
  State: 'ENABLED',
  Targets: [{ Id: 'Target0', Arn: SWEEPER }],
};

interface Invocation {
  readonly timeUs: number;
  readonly region: string;
  readonly targetArn: string;
  readonly event: Json;
}

function world(seed = 1) {
  const kernel = new Kernel({ seed });
  const invocations: Invocation[] = [];
  const invoke = (region: string, targetArn: string, event: Json): void => {
    invocations.push({ timeUs: kernel.nowUs, region, targetArn, event });
  };
  return { kernel, invocations, events: new EventBridge(kernel, { accountId: '123456789012', invoke }) };
}

describe('a rule with a rate', () => {
  test('calls its target once a period, at a moment of its own', async () => {
    const { kernel, invocations, events } = world();
    events.createRule('us-east-1', 'sweep', EVERY_MINUTE);
    events.createRule('us-west-2', 'sweep', EVERY_MINUTE);

    await kernel.runUntil(10 * MINUTE_US - 1);

    const times = invocations.filter(({ region }) => region === 'us-east-1').map(({ timeUs }) => timeUs);
    expect(times).toHaveLength(10);
    expect(times.map((timeUs) => timeUs - times[0]!)).toEqual(
      Array.from({ length: 10 }, (_, index) => index * MINUTE_US),
    );
    expect(invocations.find(({ region }) => region === 'us-west-2')!.timeUs).not.toBe(times[0]);
  });

  test('sends the event of a schedule', async () => {
    const { kernel, invocations, events } = world();
    events.createRule('us-east-1', 'sweep', EVERY_MINUTE);

    await kernel.runUntil(2 * MINUTE_US);

    const [first, second] = invocations;
    expect(first).toMatchObject({ region: 'us-east-1', targetArn: SWEEPER });
    expect(first!.event).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '123456789012',
      time: expect.stringMatching(/^2026-03-02T09:00:\d\dZ$/),
      region: 'us-east-1',
      resources: ['arn:aws:events:us-east-1:123456789012:rule/sweep'],
      detail: {},
    });
    expect((second!.event as JsonObject)['id']).not.toBe((first!.event as JsonObject)['id']);
  });

  test('sends a constant input instead when the target has one', async () => {
    const { kernel, invocations, events } = world();
    events.createRule('us-east-1', 'sweep', {
      ...EVERY_MINUTE,
      Targets: [{ Id: 'T', Arn: SWEEPER, Input: '{"dry":true}' }],
    });

    await kernel.runUntil(MINUTE_US);

    expect(invocations[0]!.event).toEqual({ dry: true });
  });

  test('rests while it is disabled', async () => {
    const { kernel, invocations, events } = world();
    events.createRule('us-east-1', 'sweep', { ...EVERY_MINUTE, State: 'DISABLED' });

    await kernel.runUntil(10 * MINUTE_US);

    expect(invocations).toEqual([]);
  });

  test.each([
    [{ EventPattern: {} }, /ScheduleExpression .* is not modelled. A rule has one trigger/],
    [{ RoleArn: 'arn' }, /property RoleArn is not modelled/],
    [{ EventBusName: 'orders' }, /EventBusName "orders" is not modelled/],
    [{ Targets: [{ Id: 'T', Arn: SWEEPER, RetryPolicy: {} }] }, /property RetryPolicy is not modelled/],
    [{ Targets: [{ Id: 'T', Arn: SWEEPER, Input: '{' }] }, /Input must be JSON/],
    [{ ScheduleExpression: undefined }, /ScheduleExpression must be given/],
  ])('is refused with %j', (change, message) => {
    const { events } = world();

    expect(() => events.createRule('us-east-1', 'sweep', { ...EVERY_MINUTE, ...change })).toThrow(message);
  });

  test('fires at the same instants for the same seed, at others for another', async () => {
    const run = async (seed: number): Promise<string> => {
      const { kernel, events } = world(seed);
      events.createRule('us-east-1', 'sweep', EVERY_MINUTE);
      await kernel.runUntil(10 * MINUTE_US);
      return kernel.trace.digest();
    };

    const [first, again, other] = [await run(1), await run(1), await run(2)];

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('parseRate', () => {
  test.each([
    ['rate(1 minute)', 60],
    ['rate(5 minutes)', 300],
    ['rate(1 hour)', 3600],
    ['rate(2 days)', 172_800],
  ])('reads %s as %d seconds', (expression, seconds) => {
    expect(parseRate(expression)).toBe(seconds);
  });

  test.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(30 seconds)',
    'rate(1.5 hours)',
    'every minute',
  ])('refuses %s as EventBridge does', (expression) => {
    expect(() => parseRate(expression)).toThrow(/ScheduleExpression is not valid/);
  });

  test('does not model cron', () => {
    expect(() => parseRate('cron(0 12 * * ? *)')).toThrow(/cron\(0 12 \* \* \? \*\) is not modelled/);
  });
});
