import { ConfigurationError, parseConfiguration, SAMPLE_HEALTH_PATH } from '../../blueprint/configuration';
import cdkJson from '../../cdk.json';

const VALID = { 'tandem:healthPath': 'a-segment-nobody-guesses' };

const DOMAIN = {
  'tandem:domainName': 'orders.example.com',
  'tandem:zoneName': 'example.com',
  'tandem:hostedZoneId': 'Z0123456789ABC',
};

function messageFor(context: Record<string, unknown>): string {
  try {
    parseConfiguration(context);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

describe('A configuration', () => {
  test('has defaults for everything but the health path', () => {
    expect(parseConfiguration(VALID)).toEqual({
      stage: 'sandbox',
      primaryRegion: 'us-east-1',
      standbyRegion: 'us-west-2',
      witnessRegion: 'us-east-2',
      routing: 'failover',
      consistency: 'eventual',
      automation: 'off',
      footprint: 'standard',
      dashboards: 'off',
      healthPath: 'a-segment-nobody-guesses',
      trustedCallers: '*:*',
      oneRegionShortfall: 'refused',
    });
  });

  test('takes the planned load as text, as the command line gives it, and as a number, as cdk.json may', () => {
    for (const planned of ['2.5', 2.5]) {
      const context = { ...VALID, 'tandem:plannedOrdersPerSecond': planned };
      expect(parseConfiguration(context).plannedOrdersPerSecond).toBe(2.5);
    }
  });

  test('is valid as cdk.json ships it', () => {
    expect(parseConfiguration(cdkJson.context).healthPath).toBe(SAMPLE_HEALTH_PATH);
  });

  test('may have latency routing and a custom domain', () => {
    expect(parseConfiguration({ ...VALID, ...DOMAIN, 'tandem:routing': 'latency' })).toMatchObject({
      routing: 'latency',
      customDomain: { domainName: 'orders.example.com', zoneName: 'example.com', hostedZoneId: 'Z0123456789ABC' },
    });
  });

  test('may have an issuer whose tokens say who the customer is', () => {
    const settings = { 'tandem:jwtIssuer': 'https://issuer.example', 'tandem:jwtAudience': 'orders,admin' };
    expect(parseConfiguration({ ...VALID, ...settings })).toMatchObject({
      jwt: { issuer: 'https://issuer.example', audience: ['orders', 'admin'] },
    });
  });

  test('leaves the keys of others alone', () => {
    expect(() => parseConfiguration({ ...VALID, '@aws-cdk/core:anything': true })).not.toThrow();
  });

  test.each([
    [
      'an unknown region',
      { 'tandem:standbyRegion': 'us-wets-2' },
      ['"us-wets-2"', 'did you mean us-west-2?', 'eu-west-1'],
    ],
    [
      'the same region twice',
      { 'tandem:standbyRegion': 'us-east-1' },
      ['standbyRegion', 'primaryRegion', 'both us-east-1'],
    ],
    ['an empty domain', { 'tandem:domainName': '' }, ['tandem:domainName is empty', 'orders.example.com']],
    [
      'a domain without its zone’s id',
      { 'tandem:domainName': 'orders.example.com', 'tandem:zoneName': 'example.com' },
      ['without tandem:hostedZoneId', 'Z0123456789ABCDEFGHIJ'],
    ],
    [
      'a domain without its zone’s name',
      { 'tandem:domainName': 'orders.example.com', 'tandem:hostedZoneId': 'Z0123456789' },
      ['without tandem:zoneName'],
    ],
    [
      'a domain outside its zone',
      { ...DOMAIN, 'tandem:zoneName': 'example.org' },
      ['must be below tandem:zoneName', 'orders.example.org'],
    ],
    [
      'a domain at the apex of its zone',
      { ...DOMAIN, 'tandem:zoneName': 'orders.example.com' },
      ['must be below tandem:zoneName'],
    ],
    ['a zone’s id without a domain', { 'tandem:hostedZoneId': 'Z0123456789' }, ['without tandem:domainName']],
    ['a zone’s id that is none', { ...DOMAIN, 'tandem:hostedZoneId': 'example.com' }, ['Z0123456789ABCDEFGHIJ']],
    ['an issuer without an audience', { 'tandem:jwtIssuer': 'https://issuer.example' }, ['without tandem:jwtAudience']],
    ['an audience without an issuer', { 'tandem:jwtAudience': 'orders' }, ['without tandem:jwtIssuer']],
    ['an issuer that is none', { 'tandem:jwtIssuer': 'issuer', 'tandem:jwtAudience': 'a' }, ['the https URL']],
    [
      'tokens and trusted callers',
      {
        'tandem:jwtIssuer': 'https://issuer.example',
        'tandem:jwtAudience': 'orders',
        'tandem:trustedCallers': 'role/shop:*',
      },
      ['beside tandem:jwtIssuer', 'Remove one of them'],
    ],
    ['a trusted caller of no kind', { 'tandem:trustedCallers': 'shop:*' }, ['role/shop:acme-*,globex']],
    ['an unknown routing', { 'tandem:routing': 'failovr' }, ['one of failover, latency', 'did you mean failover?']],
    ['an unknown stage', { 'tandem:stage': 'production' }, ['"production"', 'one of sandbox, full']],
    ['an unknown key', { 'tandem:standByRegoin': 'x' }, ['is not a setting', 'did you mean tandem:standbyRegion?']],
    ['a guessable health path', { 'tandem:healthPath': 'health' }, ['"health"', '16 to 64']],
    ['a value that is no string', { 'tandem:stage': 7 }, ['tandem:stage is 7']],
    ['a planned load of nothing', { 'tandem:plannedOrdersPerSecond': '0' }, ['"0"', 'such as 100']],
    ['a planned load that is no number', { 'tandem:plannedOrdersPerSecond': 'many' }, ['"many"', 'orders a second']],
    ['a shortfall that is ignored', { 'tandem:oneRegionShortfall': 'accept' }, ['refused, accepted', 'did you mean']],
    ['an address that is none', { 'tandem:notificationEmail': 'someone' }, ['an e-mail address']],
    ['a zone that is none', { 'tandem:zoneName': 'tandem' }, ['tandem.example.com']],
    [
      'strong consistency over regions of different sets',
      { 'tandem:consistency': 'strong', 'tandem:standbyRegion': 'eu-west-1' },
      ['must be of one set', 'us-east-1/us-east-2/us-west-2'],
    ],
    [
      'the published health path in stage full',
      { 'tandem:stage': 'full', 'tandem:healthPath': SAMPLE_HEALTH_PATH },
      ['still the published sample'],
    ],
  ])('with %s is refused in one line that says what to do', (_, change, parts) => {
    const message = messageFor({ ...VALID, ...change });

    for (const part of parts) expect(message).toContain(part);
    expect(message).toMatch(/cdk\.json|zoneName/);
    expect(message).not.toContain('\n');
  });

  test('without a health path is refused', () => {
    expect(messageFor({})).toContain('tandem:healthPath is missing');
  });
});
