import type { MetricSample } from '../../../simulator/services/metric-sink';
import type { JsonObject } from '../../../simulator/services/aws-service';
import {
  blackHole,
  calculatedCheck,
  endpointCheck,
  ok,
  SECOND_US,
  statusesOf,
  unavailable,
  world,
} from './route53-world';

describe('an endpoint check', () => {
  test('is asked by two uncoordinated checkers a region, each at its interval', async () => {
    const { kernel, route53, probes } = world();
    route53.createHealthCheck('ready', endpointCheck('a.example'));

    await kernel.runUntil(600 * SECOND_US);

    // Six checkers, one request every 10.04 s each.
    expect(probes.length).toBeGreaterThan(350);
    expect(probes.length).toBeLessThan(365);
    expect(new Set(probes.slice(0, 6).map(({ timeUs }) => timeUs)).size).toBe(6);
    const first = probes.find(({ probe }) => probe.checkerRegion === 'us-west-2');
    expect(first!.probe).toEqual({
      checkerRegion: 'us-west-2',
      host: 'a.example',
      port: 443,
      path: '/ready',
      tls: true,
      connectTimeoutMs: 4000,
      responseTimeoutMs: 2000,
    });
  });

  test('has about sixteen checkers in the default regions', async () => {
    const { kernel, route53, probes } = world();
    const { Regions: _, ...config } = endpointCheck('a.example')['HealthCheckConfig'] as JsonObject;
    route53.createHealthCheck('ready', { HealthCheckConfig: config });

    await kernel.runUntil(10 * SECOND_US - 1);

    expect(probes).toHaveLength(16);
  });

  test('is healthy until data says otherwise, and unhealthy after its threshold in a row', async () => {
    const created = world();
    const { kernel, route53 } = created;
    created.endpoint = unavailable;
    route53.createHealthCheck('ready', endpointCheck('a.example'));
    const atOnce = route53.isHealthy('ready');

    await kernel.runUntil(9 * SECOND_US);
    const afterOneFailureEach = route53.isHealthy('ready');
    await kernel.runUntil(24 * SECOND_US);

    expect([atOnce, afterOneFailureEach, route53.isHealthy('ready')]).toEqual([true, true, false]);
  });

  test('counts results in a row only', async () => {
    const created = world();
    const { kernel, route53 } = created;
    const counts = new Map<string, number>();
    // Every checker hears failure and success in turns.
    created.endpoint = (probe) => {
      const count = counts.get(probe.checkerRegion) ?? 0;
      counts.set(probe.checkerRegion, count + 1);
      return Math.floor(count / 2) % 2 === 0 ? unavailable(probe) : ok(probe);
    };
    route53.createHealthCheck('ready', endpointCheck('a.example', { FailureThreshold: 2 }));

    await kernel.runUntil(600 * SECOND_US);

    expect(route53.statusChanges).toEqual([]);
  });

  test.each([
    [200, true],
    [399, true],
    [404, false],
    [500, false],
  ])('takes status %d for healthy: %s', async (status, healthy) => {
    const created = world();
    created.endpoint = () => ({ outcome: { kind: 'status', status }, afterMs: 10 });
    created.route53.createHealthCheck('ready', endpointCheck('a.example'));

    await created.kernel.runUntil(60 * SECOND_US);

    expect(created.route53.isHealthy('ready')).toBe(healthy);
  });

  test('turns unhealthy within 32 s of a black hole and healthy again within 25 s of its end', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const created = world({}, seed);
      const { kernel, route53 } = created;
      route53.createHealthCheck('ready', endpointCheck('a.example'));
      kernel.at(100 * SECOND_US, () => (created.endpoint = blackHole));
      kernel.at(200 * SECOND_US, () => (created.endpoint = ok));

      await kernel.runUntil(300 * SECOND_US);

      const [down, up] = route53.statusChanges.map(({ timeUs }) => timeUs / SECOND_US);
      // Two time-outs of 4 s, 10 s between them, up to 10 s before the first, 3 s to travel.
      expect(down! - 100).toBeLessThanOrEqual(31.1);
      expect(down! - 100).toBeGreaterThan(18);
      // One good answer turns nothing; the second does, 10 s later; a time-out may still be under way.
      expect(up! - 200).toBeLessThanOrEqual(25);
      expect(statusesOf(route53, 'ready')).toEqual([false, true]);
    }
  });

  test('stays healthy while more than 18 % of its checkers think so', async () => {
    const created = world();
    const { kernel, route53 } = created;
    // One region of three sees the endpoint: two of six checkers, 33 %.
    created.endpoint = (probe) => (probe.checkerRegion === 'eu-west-1' ? ok(probe) : blackHole(probe));
    route53.createHealthCheck('ready', endpointCheck('a.example'));

    await kernel.runUntil(300 * SECOND_US);

    expect(route53.statusChanges).toEqual([]);
  });

  test('is unhealthy at 18 % or less', async () => {
    const created = world({ checkersPerRegion: 1 });
    const { kernel, route53 } = created;
    const { Regions: _, ...config } = endpointCheck('a.example')['HealthCheckConfig'] as JsonObject;
    // One of eight checkers: 12.5 %.
    created.endpoint = (probe) => (probe.checkerRegion === 'eu-west-1' ? ok(probe) : blackHole(probe));
    route53.createHealthCheck('ready', { HealthCheckConfig: config });

    await kernel.runUntil(300 * SECOND_US);

    expect(statusesOf(route53, 'ready')).toEqual([false]);
  });

  test('with Inverted is unhealthy until data, and healthy while the endpoint fails', async () => {
    const created = world();
    const { kernel, route53 } = created;
    created.endpoint = unavailable;
    route53.createHealthCheck('switch', endpointCheck('a.example', { Inverted: true }));
    const atOnce = route53.isHealthy('switch');

    await kernel.runUntil(60 * SECOND_US);
    const whileFailing = route53.isHealthy('switch');
    created.endpoint = ok;
    await kernel.runUntil(120 * SECOND_US);

    expect([atOnce, whileFailing, route53.isHealthy('switch')]).toEqual([false, true, false]);
  });

  test('ends at the last word when opinions cross on their way', async () => {
    const created = world({ propagationDelayMs: { low: 1000, high: 30_000 } });
    const { kernel, route53 } = created;
    for (let second = 100; second < 1000; second += 25) {
      kernel.at(second * SECOND_US, () => (created.endpoint = second % 50 === 0 ? unavailable : ok));
    }
    kernel.at(1000 * SECOND_US, () => (created.endpoint = unavailable));
    route53.createHealthCheck('ready', endpointCheck('a.example', { FailureThreshold: 1 }));

    await kernel.runUntil(1100 * SECOND_US);

    expect(route53.isHealthy('ready')).toBe(false);
  });

  test.each([
    [{ Type: 'TCP' }, /Type "TCP" is not modelled/],
    [{ Type: 'HTTPS_STR_MATCH' }, /Type "HTTPS_STR_MATCH" is not modelled/],
    [{ SearchString: 'ok' }, /property SearchString is not modelled/],
    [{ IPAddress: '192.0.2.1' }, /property IPAddress is not modelled/],
    [{ AlarmIdentifier: {} }, /AlarmIdentifier \{\} is not modelled. It says nothing to a check of type HTTPS/],
    [{ HealthThreshold: 1 }, /HealthThreshold 1 is not modelled. It says nothing to a check of type HTTPS/],
    [{ Disabled: true }, /Disabled true is not modelled/],
    [{ MeasureLatency: true }, /MeasureLatency true is not modelled/],
    [{ EnableSNI: false }, /EnableSNI false is not modelled/],
    [{ RequestInterval: 20 }, /RequestInterval must be 10 or 30, got 20/],
    [{ FailureThreshold: 11 }, /FailureThreshold must be a whole number from 1 to 10, got 11/],
    [{ Regions: ['us-east-1', 'us-west-2'] }, /at least 3 checker regions/],
    [{ Regions: ['us-east-1', 'us-west-2', 'eu-north-1'] }, /Regions must be out of .*, got "eu-north-1"/],
  ])('is refused with %j', (change, message) => {
    const { route53 } = world();

    expect(() => route53.createHealthCheck('ready', endpointCheck('a.example', change))).toThrow(message);
  });
});

describe('a calculated check', () => {
  test('follows the count of its healthy children at once', async () => {
    const created = world();
    const { kernel, route53 } = created;
    created.endpoint = (probe) =>
      probe.host === 'b.example' && kernel.nowUs > 100 * SECOND_US ? unavailable(probe) : ok(probe);
    route53.createHealthCheck('a', endpointCheck('a.example'));
    route53.createHealthCheck('b', endpointCheck('b.example'));
    route53.createHealthCheck('both', calculatedCheck(['a', 'b'], 2));
    route53.createHealthCheck('either', calculatedCheck(['a', 'b'], 1));
    route53.createHealthCheck('not-both', calculatedCheck(['a', 'b'], 2, { Inverted: true }));
    const initial = ['both', 'either', 'not-both'].map((id) => route53.isHealthy(id));

    await kernel.runUntil(200 * SECOND_US);

    expect(initial).toEqual([true, true, false]);
    expect(['both', 'either', 'not-both'].map((id) => route53.isHealthy(id))).toEqual([false, true, true]);
    const times = new Set(route53.statusChanges.map(({ timeUs }) => timeUs));
    expect(times.size).toBe(1);
  });

  test('over a new inverted check begins unhealthy', () => {
    const { route53 } = world();
    route53.createHealthCheck('ready', endpointCheck('a.example'));
    route53.createHealthCheck('switch', endpointCheck('b.example', { Inverted: true }));

    route53.createHealthCheck('serving', calculatedCheck(['ready', 'switch'], 2));

    expect(route53.isHealthy('serving')).toBe(false);
  });

  test.each([
    [0, true],
    [3, false],
  ])('with a threshold of %d over two children is always healthy: %s', (threshold, healthy) => {
    const { route53 } = world();
    route53.createHealthCheck('a', endpointCheck('a.example'));
    route53.createHealthCheck('b', endpointCheck('b.example'));

    route53.createHealthCheck('calculated', calculatedCheck(['a', 'b'], threshold));

    expect(route53.isHealthy('calculated')).toBe(healthy);
  });

  test('counts other children from the moment on when it is told to', async () => {
    const { kernel, route53 } = world();
    route53.createHealthCheck('old', endpointCheck('old.example'));
    route53.createHealthCheck('new', endpointCheck('new.example', { Inverted: true }));
    route53.createHealthCheck('both', calculatedCheck(['old'], 1));
    await kernel.runUntil(60 * SECOND_US);

    route53.replaceChildHealthChecks('both', ['new']);
    expect(route53.isHealthy('both')).toBe(false);
    route53.replaceChildHealthChecks('both', ['old']);
    expect(route53.isHealthy('both')).toBe(true);

    expect(() => route53.replaceChildHealthChecks('both', ['nobody'])).toThrow('nobody');
    expect(() => route53.replaceChildHealthChecks('old', ['new'])).toThrow('old is not a calculated one');
    expect(route53.isHealthy('both')).toBe(true);
  });

  test('cannot watch another calculated check, nor one that does not exist', () => {
    const { route53 } = world();
    route53.createHealthCheck('a', endpointCheck('a.example'));
    route53.createHealthCheck('calculated', calculatedCheck(['a'], 1));

    expect(() => route53.createHealthCheck('outer', calculatedCheck(['calculated'], 1))).toThrow(
      /cannot watch the calculated/,
    );
    expect(() => route53.createHealthCheck('lost', calculatedCheck(['nothing'], 1))).toThrow(/nothing does not exist/);
  });
});

describe('the metrics of a check', () => {
  test('are published every minute in us-east-1', async () => {
    const created = world();
    const { kernel, route53, metrics } = created;
    created.endpoint = (probe) => (probe.checkerRegion === 'eu-west-1' ? unavailable(probe) : ok(probe));
    route53.createHealthCheck('a', endpointCheck('a.example'));
    route53.createHealthCheck('calculated', calculatedCheck(['a'], 1));

    await kernel.runUntil(600 * SECOND_US);

    expect(metrics).toHaveLength(40);
    expect(metrics.slice(-4)).toEqual(
      expect.arrayContaining([
        metric('a', 'HealthCheckStatus', 1, 'None'),
        metric('a', 'HealthCheckPercentageHealthy', (100 * 4) / 6, 'Percent'),
        metric('calculated', 'HealthCheckStatus', 1, 'None'),
        metric('calculated', 'ChildHealthCheckHealthyCount', 1, 'Count'),
      ]),
    );
  });

  function metric(id: string, name: string, value: number, unit: string): MetricSample {
    return { region: 'us-east-1', namespace: 'AWS/Route53', name, dimensions: { HealthCheckId: id }, value, unit };
  }
});

describe('determinism', () => {
  async function run(seed: number): Promise<string> {
    const created = world({}, seed);
    const { kernel, route53 } = created;
    route53.createHealthCheck('ready', endpointCheck('a.example'));
    kernel.at(100 * SECOND_US, () => (created.endpoint = blackHole));
    await kernel.runUntil(200 * SECOND_US);
    return kernel.trace.digest();
  }

  test('the same seed gives the same trace, another seed another one', async () => {
    const [first, again, other] = [await run(1), await run(1), await run(2)];

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});
