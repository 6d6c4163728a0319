import { generateKeyPairSync, sign } from 'node:crypto';
import { KeySets } from '../../../simulator/services/apigateway/json-web-token';
import { claimsAsText, JwtAuthorizer } from '../../../simulator/services/apigateway/jwt-authorizer';

const ISSUER = 'https://issuer.example';
const NOW_SECONDS = 1_800_000_000;
const GENUINE = generateKeyPairSync('rsa', { modulusLength: 2048 });
const FORGED = generateKeyPairSync('rsa', { modulusLength: 2048 });

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(claims: object = {}, header: object = {}, key = GENUINE.privateKey): string {
  const content = [
    encode({ alg: 'RS256', kid: 'key-1', ...header }),
    encode({ iss: ISSUER, aud: 'orders', sub: 'customer-1', exp: NOW_SECONDS + 60, ...claims }),
  ].join('.');
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

function decide(authorization: string | undefined, scopes: readonly string[] = []) {
  const keySets = new KeySets();
  keySets.register(ISSUER, [{ ...GENUINE.publicKey.export({ format: 'jwk' }), kid: 'key-1' }]);
  const authorizer = new JwtAuthorizer({ keySets, issuer: ISSUER, audience: ['orders', 'admin'] });
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const request = { method: 'GET', host: 'api', port: 443, path: '/', headers, body: '' };
  return authorizer.decide(request, scopes, NOW_SECONDS * 1000);
}

// Source of each: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
describe('A JWT authorizer', () => {
  it.each([
    ['alone', token()],
    ['after Bearer', `Bearer ${token()}`],
    ['with a list of audiences', token({ aud: ['other', 'admin'] })],
    ['with a client id in place of an audience', token({ aud: undefined, client_id: 'orders' })],
    ['that has begun', token({ nbf: NOW_SECONDS, iat: NOW_SECONDS })],
  ])('lets a token in that comes %s', (_how, authorization) => {
    expect(decide(authorization)).toMatchObject({ kind: 'allowed', claims: { sub: 'customer-1' }, scopes: null });
  });

  it.each([
    ['no token', undefined, ''],
    ['something that is no token', 'Bearer hello', 'the token is not signed by a key of the issuer'],
    ['another key', token({}, {}, FORGED.privateKey), 'the token is not signed by a key of the issuer'],
    ['an unknown key id', token({}, { kid: 'key-2' }), 'the token is not signed by a key of the issuer'],
    ['an algorithm that is not RSA', token({}, { alg: 'none' }), 'the token is not signed by a key of the issuer'],
    ['changed claims', changed(token()), 'the token is not signed by a key of the issuer'],
    ['another issuer', token({ iss: 'https://other.example' }), 'the token has another issuer'],
    ['another audience', token({ aud: 'other' }), 'the token does not have a valid audience'],
    ['an audience that a client id does not heal', token({ aud: 'x', client_id: 'orders' }), 'valid audience'],
    ['an end in the past', token({ exp: NOW_SECONDS }), 'the token has expired'],
    ['no end', token({ exp: undefined }), 'the token has expired'],
    ['a beginning in the future', token({ nbf: NOW_SECONDS + 1 }), 'the token is not valid yet'],
    ['an issue in the future', token({ iat: NOW_SECONDS + 1 }), 'the token was issued in the future'],
  ])('does not know a caller with %s', (_what, authorization, reason) => {
    expect(decide(authorization)).toEqual({ kind: 'unauthorized', reason: expect.stringContaining(reason) });
  });

  it.each([
    [{ scope: 'read write' }, ['write', 'admin'], 'allowed', ['write']],
    [{ scp: ['write'] }, ['write'], 'allowed', ['write']],
    [{ scope: 'read' }, ['write'], 'forbidden', undefined],
    [{}, ['write'], 'forbidden', undefined],
  ])('decides %j against the scopes %j: %s', (claims, scopes, kind, granted) => {
    const decision = decide(token(claims), scopes);

    expect(decision.kind).toBe(kind);
    expect('scopes' in decision ? decision.scopes : undefined).toEqual(granted);
  });

  it('ends the run by name when nobody has registered the keys of its issuer', () => {
    expect(() => new KeySets().verify(token(), ISSUER)).toThrow(/key set of the issuer https:\/\/issuer\.example/);
  });

  it('hands claims over as text', () => {
    expect(claimsAsText({ sub: 'a', exp: 12, groups: ['x', 'y'], mail: true })).toEqual({
      sub: 'a',
      exp: '12',
      groups: '[x y]',
      mail: 'true',
    });
  });
});

function changed(genuine: string): string {
  const [header, , signature] = genuine.split('.');
  return [header, encode({ iss: ISSUER, aud: 'orders', sub: 'customer-2', exp: NOW_SECONDS + 60 }), signature].join(
    '.',
  );
}
