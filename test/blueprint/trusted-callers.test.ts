import { callerNameOf, isTrusted, TRUSTED_CALLERS_PATTERN } from '../../blueprint/trusted-callers';

describe('A trusted caller', () => {
  test.each([
    ['*:*', 'role/shop', 'customer-1', true],
    ['role/shop:acme-*,globex', 'role/shop', 'acme-7', true],
    ['role/shop:acme-*,globex', 'role/shop', 'globex', true],
    ['role/shop:acme-*,globex', 'role/shop', 'globex-2', false],
    ['role/shop:acme-*,globex', 'user/shop', 'globex', false],
    ['role/shop:acme-*;user/erp:*', 'user/erp', 'anybody', true],
    ['role/shop:acme-*;user/erp:*', 'role/shop', 'anybody', false],
    ['role/shop:', 'role/shop', '', false],
    ['role/shop:auth0|42', 'role/shop', 'auth0|42', true],
  ])('by %s, is %s for %s: %s', (trusted, caller, customerId, expected) => {
    expect(isTrusted(trusted, caller, customerId)).toBe(expected);
    expect(trusted).toMatch(TRUSTED_CALLERS_PATTERN);
  });

  test.each(['', 'shop:*', 'role/shop', 'role/shop:a b', 'role/a/b:*', 'group/shop:*', 'role/shop:a*b'])(
    'is not written "%s"',
    (text) => {
      expect(text).not.toMatch(TRUSTED_CALLERS_PATTERN);
    },
  );

  test.each([
    ['arn:aws:sts::123456789012:assumed-role/shop/session-1', 'role/shop'],
    ['arn:aws:iam::123456789012:role/service/shop', 'role/shop'],
    ['arn:aws:iam::123456789012:user/erp', 'user/erp'],
    ['arn:aws:iam::123456789012:root', undefined],
    ['', undefined],
  ])('is known by its ARN %s as %s', (arn, name) => {
    expect(callerNameOf(arn)).toBe(name);
  });
});
