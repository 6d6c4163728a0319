import type { AuthScheme, AwsCredentialIdentity, RequestSigner } from '@smithy/types';

export type MakeSigner = (scheme?: AuthScheme) => Promise<RequestSigner>;

/** What a signer derives a day's key from. */
type KeySource = readonly [credentials: AwsCredentialIdentity, region: string, day: string, service?: string];

interface DerivingSigner extends RequestSigner {
  getSigningKey(...source: KeySource): Promise<Uint8Array>;
}

/**
 * The signer with the key at hand that it used last. It keeps the keys of each day itself, by a name that it puts together
 * anew in every call, out of a sum with the secret.
 */
export function withLastKey(signer: RequestSigner): RequestSigner {
  if (!('getSigningKey' in signer)) return signer;
  const deriving = signer as DerivingSigner;
  const derive = deriving.getSigningKey.bind(deriving);
  let last: { readonly source: KeySource; readonly key: Promise<Uint8Array> } | undefined;
  deriving.getSigningKey = (...source) => {
    if (last?.source.every((part, index) => part === source[index]) !== true) {
      last = { source, key: derive(...source) };
      last.key.catch(() => (last = undefined));
    }
    return last.key;
  };
  return signer;
}

/**
 * As it comes, the SDK makes a signer for every call, of a copy of all settings. One serves them all: a client's region and
 * service never change, and a signer asks for the credentials each time.
 */
export function keepSigner(config: { signer: MakeSigner }): void {
  const make = config.signer;
  let signer: RequestSigner | undefined;
  config.signer = async (scheme) => (signer ??= withLastKey(await make(scheme)));
}
