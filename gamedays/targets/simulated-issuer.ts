import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { BearerToken } from '../../client';
import type { Configuration } from '../../blueprint/configuration';
import type { Cloud } from '../../simulator';

const KEY_ID = 'drill';
const DAY_SECONDS = 86_400;

/** Of this process: which key it is changes no run, since nothing is drawn from it and every signature is as long. */
let keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | undefined;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The issuer of the configuration, as far as the embedded cloud and its callers need one. */
export class SimulatedIssuer {
  private readonly bearers = new Map<string, BearerToken>();

  constructor(
    private readonly cloud: Cloud,
    private readonly settings: NonNullable<Configuration['jwt']>,
  ) {
    keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
    cloud.keySets.register(settings.issuer, [{ ...keys.publicKey.export({ format: 'jwk' }), kid: KEY_ID }]);
  }

  /** What a customer's requests carry; the token outlives every drill. */
  bearerOf(customerId: string): BearerToken {
    const known = this.bearers.get(customerId);
    if (known !== undefined) return known;
    const token = this.issue({ sub: customerId });
    const bearer = new BearerToken(() => token);
    this.bearers.set(customerId, bearer);
    return bearer;
  }

  /** @param claims beside, or in place of, those of a good token */
  issue(claims: Readonly<Record<string, unknown>>): string {
    const nowSeconds = Math.floor(this.cloud.kernel.epochMs / 1_000);
    const { issuer, audience } = this.settings;
    const standard = { iss: issuer, aud: audience[0], iat: nowSeconds, exp: nowSeconds + DAY_SECONDS };
    const content = `${encode({ alg: 'RS256', kid: KEY_ID })}.${encode({ ...standard, ...claims })}`;
    return `${content}.${sign('sha256', Buffer.from(content), keys!.privateKey).toString('base64url')}`;
  }
}
