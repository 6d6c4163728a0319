import type { HttpRequest } from '../../network/http-message';
import type { Claims, KeySets } from './json-web-token';

export interface JwtAuthorizerOptions {
  readonly keySets: KeySets;
  readonly issuer: string;
  readonly audience: readonly string[];
}

/** What a JWT authorizer decides. */
export type JwtDecision =
  | { readonly kind: 'allowed'; readonly claims: Claims; readonly scopes: readonly string[] | null }
  | { readonly kind: 'unauthorized'; readonly reason: string }
  | { readonly kind: 'forbidden' };

/**
 * A JWT authorizer of an HTTP API with the identity source `$request.header.Authorization`: the token, or the token after
 * `Bearer`. Its signature is verified, then `iss`, `aud` (or `client_id` where there is no `aud`), `exp`, `nbf` and `iat`,
 * then the scopes of the route: the token needs one of them.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export class JwtAuthorizer {
  constructor(private readonly options: JwtAuthorizerOptions) {}

  /** @param routeScopes the scopes of which the token needs one; none asks for none */
  decide(request: HttpRequest, routeScopes: readonly string[], epochMs: number): JwtDecision {
    const { keySets, issuer, audience } = this.options;
    const token = (request.headers.authorization ?? '').replace(/^Bearer +/i, '');
    if (token === '') return { kind: 'unauthorized', reason: '' };
    const claims = keySets.verify(token, issuer);
    if (claims === undefined) return invalid('the token is not signed by a key of the issuer');
    const nowSeconds = epochMs / 1000;
    if (claims['iss'] !== issuer) return invalid('the token has another issuer');
    if (!intended(claims).some((name) => audience.includes(name))) {
      return invalid('the token does not have a valid audience');
    }
    if (!(Number(claims['exp']) > nowSeconds)) return invalid('the token has expired');
    if (Number(claims['nbf'] ?? 0) > nowSeconds) return invalid('the token is not valid yet');
    if (Number(claims['iat'] ?? 0) > nowSeconds) return invalid('the token was issued in the future');
    const scopes = scopesOf(claims);
    if (routeScopes.length === 0) return { kind: 'allowed', claims, scopes: null };
    const granted = routeScopes.filter((scope) => scopes.includes(scope));
    return granted.length === 0 ? { kind: 'forbidden' } : { kind: 'allowed', claims, scopes: granted };
  }
}

/** The claims as a function gets them: all as text, lists in the form `[a b]`. */
export function claimsAsText(claims: Claims): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.map(String).join(' ')}]` : String(value),
    ]),
  );
}

function invalid(reason: string): JwtDecision {
  return { kind: 'unauthorized', reason };
}

/** "API Gateway validates client_id only if aud is not present." */
function intended(claims: Claims): readonly string[] {
  return [claims['aud'] ?? claims['client_id']].flat().map(String);
}

function scopesOf(claims: Claims): readonly string[] {
  const value = claims['scope'] ?? claims['scp'] ?? [];
  return Array.isArray(value) ? value.map(String) : String(value).split(' ');
}
