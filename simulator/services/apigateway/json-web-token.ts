import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { NotModelled } from '../../kernel/errors';

/** What a token says, once its signature has been verified. */
export type Claims = Readonly<Record<string, unknown>>;

/** Digests of the algorithms that a JWT authorizer accepts: "only RSA-based algorithms are supported". */
const DIGESTS: Readonly<Record<string, string>> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };

/** The public keys of the issuers of tokens, as their `jwks_uri` would serve them. They are there at once and always. */
export class KeySets {
  private readonly keySets = new Map<string, Map<string, KeyObject>>();

  /** @param keys RSA public keys, each with its `kid` */
  register(issuer: string, keys: readonly (JsonWebKey & { readonly kid: string })[]): void {
    this.keySets.set(
      issuer,
      new Map(keys.map((key): [string, KeyObject] => [key.kid, createPublicKey({ key, format: 'jwk' })])),
    );
  }

  /**
   * Checks the form, the key, the algorithm and the signature.
   *
   * @returns the claims, or undefined when the token is not one that this issuer signed
   * @throws NotModelled when nobody has registered the issuer's keys
   */
  verify(token: string, issuer: string): Claims | undefined {
    const keys = this.keySets.get(issuer);
    if (keys === undefined) {
      throw new NotModelled(`The key set of the issuer ${issuer}`, 'Register its public keys: Cloud.keySets.register.');
    }
    const [header, payload, signature, ...rest] = token.split('.');
    if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
    const { kid, alg } = parse(header) ?? {};
    const key = typeof kid === 'string' ? keys.get(kid) : undefined;
    const digest = typeof alg === 'string' ? DIGESTS[alg] : undefined;
    if (key === undefined || digest === undefined) return undefined;
    const isGenuine = verify(digest, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
    return isGenuine ? parse(payload) : undefined;
  }
}

function parse(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}
