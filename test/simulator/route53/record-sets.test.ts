import type { Route53 } from '../../../simulator/services/route53';
import { blackHole, endpointCheck, ok, SECOND_US, unavailable, world } from './route53-world';

describe('answers', () => {
  function pair(route53: Route53, secondaryCheck?: string): void {
    route53.createHostedZone('zone', { Name: 'shop.example.' });
    const shared = { HostedZoneId: 'zone', Name: 'orders.shop.example.', Type: 'CNAME', TTL: '10' };
    route53.createRecordSet({
      ...shared,
      SetIdentifier: 'east',
      Failover: 'PRIMARY',
      HealthCheckId: 'east',
      ResourceRecords: ['east.api.aws.'],
    });
    route53.createRecordSet({
      ...shared,
      SetIdentifier: 'west',
      Failover: 'SECONDARY',
      ...(secondaryCheck === undefined ? {} : { HealthCheckId: secondaryCheck }),
      ResourceRecords: ['west.api.aws'],
    });
  }

  test.each([
    // east healthy, west healthy, west has a check, who answers
    [true, true, true, 'east'],
    [true, false, true, 'east'],
    [false, true, true, 'west'],
    [false, false, true, 'east'],
    [false, false, false, 'west'],
  ])('with east %s and west %s (checked: %s) come from %s', async (east, west, isWestChecked, expected) => {
    const created = world();
    const { kernel, route53 } = created;
    const healthy: Record<string, boolean> = { 'east.example': east, 'west.example': west };
    created.endpoint = (probe) => (healthy[probe.host] ? ok(probe) : unavailable(probe));
    route53.createHealthCheck('east', endpointCheck('east.example'));
    route53.createHealthCheck('west', endpointCheck('west.example'));
    pair(route53, isWestChecked ? 'west' : undefined);

    await kernel.runUntil(60 * SECOND_US);

    expect(route53.answer('Orders.Shop.Example', 'CNAME')).toEqual({
      status: 'NOERROR',
      values: [`${expected}.api.aws`],
      ttlSeconds: 10,
      setIdentifier: expected,
    });
  });

  test('are remembered over time', async () => {
    const created = world();
    const { kernel, route53 } = created;
    route53.createHealthCheck('east', endpointCheck('east.example'));
    pair(route53);
    kernel.at(100 * SECOND_US, () => (created.endpoint = blackHole));
    kernel.at(200 * SECOND_US, () => (created.endpoint = ok));

    await kernel.runUntil(300 * SECOND_US);

    expect(route53.answerChanges.map(({ setIdentifier }) => setIdentifier)).toEqual(['east', 'west', 'east']);
    expect(route53.answerChanges[0]!.timeUs).toBe(0);
    expect(route53.answerChanges[1]).toEqual({
      timeUs: route53.statusChanges[0]!.timeUs,
      name: 'orders.shop.example',
      type: 'CNAME',
      setIdentifier: 'west',
      values: ['west.api.aws'],
    });
  });

  test('tell a name that does not exist from one with another type and from one elsewhere', () => {
    const { route53 } = world();
    route53.createHostedZone('zone', { Name: 'shop.example' });
    const text = { HostedZoneName: 'shop.example.', Name: 'region.shop.example', Type: 'TXT', TTL: 10 };
    route53.createRecordSet({ ...text, ResourceRecords: ['"us-" "east-1"'] });

    expect(route53.answer('region.shop.example.', 'TXT')).toMatchObject({ status: 'NOERROR', values: ['us-east-1'] });
    expect(route53.answer('region.shop.example', 'CNAME')).toEqual({ status: 'NOERROR', values: [], ttlSeconds: 900 });
    expect(route53.answer('nothing.shop.example', 'CNAME')).toEqual({
      status: 'NXDOMAIN',
      values: [],
      ttlSeconds: 900,
    });
    expect(route53.answer('another.example', 'CNAME').status).toBe('REFUSED');
  });

  test.each([
    [{ Type: 'A' }, /Type "A" is not modelled\. Addresses/],
    [{ Type: 'AAAA' }, /Type "AAAA" is not modelled/],
    [{ AliasTarget: {} }, /Type "CNAME" is not modelled\. An alias is modelled for type A/],
    [{ Weight: 1 }, /property Weight is not modelled/],
    [{ Region: 'us-east-1' }, /a routing policy and SetIdentifier go together/],
    [{ Region: 'us-east-1', Failover: 'PRIMARY', SetIdentifier: 'x' }, /use one of Failover and Region/],
    [{ Name: '*.shop.example' }, /Name "\*\.shop\.example" is not modelled/],
    [{ Name: 'shop.example' }, /CNAME with DNS name shop\.example is not permitted at apex/],
    [{ Name: 'orders.other.example' }, /not permitted in zone shop\.example/],
    [{ Name: 'text.shop.example' }, /conflicts with other records with the same DNS name/],
    [{ HostedZoneId: 'lost' }, /Zone lost does not exist/],
    [{ Failover: 'PRIMARY' }, /a routing policy and SetIdentifier go together/],
    [{ HealthCheckId: 'east' }, /HealthCheckId "east" is not modelled/],
    [{ ResourceRecords: ['one.example', 'two.example'] }, /ResourceRecords must be one name, got 2/],
    [{ TTL: undefined }, /TTL must be given/],
  ])('are refused for a record with %j', (change, message) => {
    const { route53 } = world();
    route53.createHostedZone('zone', { Name: 'shop.example' });
    const zone = { HostedZoneId: 'zone', TTL: 10 };
    route53.createRecordSet({ ...zone, Name: 'text.shop.example', Type: 'TXT', ResourceRecords: ['"text"'] });
    const record = { ...zone, Name: 'orders.shop.example', Type: 'CNAME', ResourceRecords: ['east.api.aws'] };

    expect(() => route53.createRecordSet({ ...record, ...change })).toThrow(message);
  });

  test('are refused for a second primary and for a check that does not exist', () => {
    const { route53 } = world();
    route53.createHealthCheck('east', endpointCheck('east.example'));
    pair(route53);
    const shared = { HostedZoneId: 'zone', Name: 'orders.shop.example', Type: 'CNAME', TTL: 10 };
    const record = { ...shared, SetIdentifier: 'third', Failover: 'PRIMARY', ResourceRecords: ['third.api.aws'] };

    expect(() => route53.createRecordSet(record)).toThrow(/would be the second PRIMARY/);
    expect(() => route53.createRecordSet({ ...record, HealthCheckId: 'lost' })).toThrow(
      /Health check lost does not exist/,
    );
  });
});

describe('latency routing', () => {
  const ALIAS = { HostedZoneId: 'Z1', DNSName: 'd-1.execute-api.us-east-1.amazonaws.com' };

  function regions(route53: Route53): void {
    route53.createHealthCheck('east', endpointCheck('east.example'));
    route53.createHealthCheck('west', endpointCheck('west.example'));
    route53.createHostedZone('zone', { Name: 'shop.example.' });
    for (const [region, place] of [
      ['us-east-1', 'east'],
      ['us-west-2', 'west'],
    ]) {
      route53.createRecordSet({
        HostedZoneId: 'zone',
        Name: 'shop.example.',
        Type: 'A',
        SetIdentifier: place!,
        Region: region!,
        HealthCheckId: place!,
        AliasTarget: { HostedZoneId: 'Z1', DNSName: `d-${place}.execute-api.${region}.amazonaws.com.` },
      });
    }
  }

  test.each([
    // where the resolver is, east healthy, west healthy, who answers
    ['us-east-2', true, true, 'east'],
    ['us-west-1', true, true, 'west'],
    ['internet/us-west-2', true, true, 'west'],
    ['us-west-1', true, false, 'east'],
    ['us-east-2', false, true, 'west'],
    ['us-west-1', false, false, 'west'],
    ['internet', true, true, 'east'],
  ])('answers %s with east %s and west %s by %s', async (place, east, west, expected) => {
    const created = world();
    const { kernel, route53 } = created;
    const healthy: Record<string, boolean> = { 'east.example': east, 'west.example': west };
    created.endpoint = (probe) => (healthy[probe.host] ? ok(probe) : unavailable(probe));
    regions(route53);

    await kernel.runUntil(60 * SECOND_US);

    expect(route53.answer('shop.example', 'A', place)).toMatchObject({
      status: 'NOERROR',
      ttlSeconds: 60,
      setIdentifier: expected,
      values: [expect.stringMatching(`^d-${expected}\\.execute-api\\..*\\.amazonaws\\.com$`)],
    });
  });

  test('notes what each region of a record is answered', async () => {
    const created = world();
    const { kernel, route53 } = created;
    regions(route53);
    kernel.at(100 * SECOND_US, () => {
      created.endpoint = (probe) => (probe.host === 'east.example' ? blackHole(probe) : ok(probe));
    });

    await kernel.runUntil(200 * SECOND_US);

    const seen = route53.answerChanges.map(({ place, setIdentifier }) => `${place}: ${setIdentifier}`);
    expect(seen).toEqual(['us-east-1: east', 'us-west-2: west', 'us-east-1: west']);
  });

  test.each([
    [{ Region: 'us-east-1' }, /would be the second us-east-1/],
    [{ SetIdentifier: 'east' }, /repeats the set identifier east/],
    [{ Region: undefined, Failover: 'PRIMARY' }, /would mix failover and latency routing/],
    [{ AliasTarget: { ...ALIAS, EvaluateTargetHealth: true } }, /EvaluateTargetHealth true is not modelled/],
    [{ TTL: 10 }, /TTL must be left out beside AliasTarget/],
    [{ ResourceRecords: ['192.0.2.1'] }, /ResourceRecords must be left out/],
  ])('is refused for a third record with %j', (change, message) => {
    const { route53 } = world();
    regions(route53);
    const shared = { HostedZoneId: 'zone', Name: 'shop.example', Type: 'A', AliasTarget: ALIAS };

    expect(() =>
      route53.createRecordSet({ ...shared, SetIdentifier: 'third', Region: 'us-east-2', ...change }),
    ).toThrow(message);
  });
});
