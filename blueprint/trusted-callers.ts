/** Any identity that IAM lets invoke the API may act for any customer: right while there is one back end. */
export const EVERYBODY_TRUSTED = '*:*';

const CALLER = '(?:\\*|(?:role|user)/[\\w+=,.@-]{1,64})';
const CUSTOMERS = '[A-Za-z0-9._|:@-]{0,64}\\*?(?:,[A-Za-z0-9._|:@-]{0,64}\\*?)*';

/** Back ends and the customers they may act for, such as `role/shop:acme-*,globex;user/erp:*`. */
export const TRUSTED_CALLERS_PATTERN = new RegExp(`^${CALLER}:${CUSTOMERS}(?:;${CALLER}:${CUSTOMERS})*$`);

/**
 * Whether a caller may act for a customer. A name that ends in `*` is every customer whose name begins so.
 * @param trustedCallers text of the pattern above
 * @param caller such as `role/shop` or `user/erp`
 */
export function isTrusted(trustedCallers: string, caller: string, customerId: string): boolean {
  return trustedCallers.split(';').some((entry) => {
    const separator = entry.indexOf(':');
    const name = entry.slice(0, separator);
    if (name !== '*' && name !== caller) return false;
    return entry
      .slice(separator + 1)
      .split(',')
      .some((allowed) =>
        allowed.endsWith('*') ? customerId.startsWith(allowed.slice(0, -1)) : allowed !== '' && allowed === customerId,
      );
  });
}

/**
 * The name of an IAM identity, without account, path and session: `role/shop`. Roles and users are told apart, since one of
 * each may have the same name.
 * @param arn as HTTP APIs tell it: `arn:aws:sts::123456789012:assumed-role/shop/session`, or of a user or role
 */
export function callerNameOf(arn: string): string | undefined {
  const role = /^arn:aws:sts::\d{12}:assumed-role\/([^/]+)\/[^/]+$/.exec(arn)?.[1];
  if (role !== undefined) return `role/${role}`;
  const [, kind, name] = /^arn:aws:iam::\d{12}:(role|user)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return kind === undefined ? undefined : `${kind}/${name!}`;
}
