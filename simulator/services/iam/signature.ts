import { createHmac, hash } from 'node:crypto';
import type { HttpRequest } from '../../network/http-message';

/** What the Authorization header of a request signed with Signature Version 4 says. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const CREDENTIAL_START = 'AWS4-HMAC-SHA256 Credential=';

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** Who signs, and for which region and service, read without the signature: all that an SDK call is checked for. */
export function parseCredential(
  request: HttpRequest,
): Pick<CredentialScope, 'accessKeyId' | 'region' | 'service'> | undefined {
  const header = request.headers.authorization ?? '';
  const credential = header.slice(CREDENTIAL_START.length, header.indexOf(','));
  const [accessKeyId, , region, service, terminator] = credential.split('/');
  if (!header.startsWith(CREDENTIAL_START) || terminator !== 'aws4_request') return undefined;
  return { accessKeyId: accessKeyId!, region: region!, service: service! };
}

/** Reads the Authorization header; undefined when the request is not signed with Signature Version 4. */
export function parseCredentialScope(request: HttpRequest): CredentialScope | undefined {
  const match = AUTHORIZATION.exec(request.headers.authorization ?? '');
  if (match === null) return undefined;
  const [, accessKeyId, date, region, service, signedHeaders, signature] = match as unknown as string[];
  return {
    accessKeyId: accessKeyId!,
    date: date!,
    region: region!,
    service: service!,
    signedHeaders: signedHeaders!.split(';'),
    signature: signature!,
  };
}

/**
 * Whether the signature is the one the secret gives for this very request.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSignatureValid(request: HttpRequest, scope: CredentialScope, secret: string): boolean {
  const [path = '/', query = ''] = request.path.split('?');
  const canonicalRequest = [
    request.method,
    path.split('/').map(encodeSegment).join('/'),
    query.split('&').sort().join('&'),
    ...scope.signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    scope.signedHeaders.join(';'),
    hash('sha256', request.body),
  ].join('\n');
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'] ?? '',
    `${scope.date}/${scope.region}/${scope.service}/aws4_request`,
    hash('sha256', canonicalRequest),
  ].join('\n');
  const key = signingKey(secret, scope);
  return createHmac('sha256', key).update(stringToSign).digest('hex') === scope.signature;
}

const signingKeys = new Map<string, Buffer>();

function signingKey(secret: string, scope: CredentialScope): Buffer {
  const name = `${secret}/${scope.date}/${scope.region}/${scope.service}`;
  let key = signingKeys.get(name);
  if (key === undefined) {
    key = [scope.date, scope.region, scope.service, 'aws4_request'].reduce<Buffer>(
      (previous, part) => createHmac('sha256', previous).update(part).digest(),
      Buffer.from(`AWS4${secret}`),
    );
    if (signingKeys.size > 100) signingKeys.clear();
    signingKeys.set(name, key);
  }
  return key;
}

// The path is encoded once more than it travels, except that an encoded slash of the path itself stays a slash.
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
