import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ClientRequest } from './platform';

export interface SignerCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Makes a request one that the service takes: by a signature, or by a token. */
export interface RequestAuthorizer {
  /** @param region that the request goes to @default - the one that the host names */
  sign(request: ClientRequest, signingEpochMs: number, region?: string): Promise<ClientRequest>;
}

export interface RequestSignerOptions {
  /** The service's name in credential scopes. @default 'execute-api' */
  readonly service?: string;
}

/**
 * Signs requests with Signature Version 4 for one region. A signature is valid in one region only, so the caller signs
 * for the region whose host it is about to call, after DNS has answered.
 */
export class RequestSigner implements RequestAuthorizer {
  private readonly signers = new Map<string, SignatureV4>();

  constructor(
    private readonly credentials: SignerCredentials,
    private readonly options: RequestSignerOptions = {},
  ) {}

  /**
   * The request with its authentication headers.
   * @param signingEpochMs the time the signature states
   * @param region @default - the one that the host names
   */
  async sign(request: ClientRequest, signingEpochMs: number, region = regionOf(request.host)): Promise<ClientRequest> {
    const [path = '/', queryString] = request.path.split('?');
    const signed = await this.signerFor(region).sign(
      {
        method: request.method,
        protocol: 'https:',
        hostname: request.host,
        path,
        query: Object.fromEntries(new URLSearchParams(queryString)),
        headers: { ...request.headers, host: request.host },
        body: request.body,
      },
      { signingDate: new Date(signingEpochMs) },
    );
    return { ...request, headers: signed.headers };
  }

  private signerFor(region: string): SignatureV4 {
    let signer = this.signers.get(region);
    if (signer === undefined) {
      const { service = 'execute-api' } = this.options;
      signer = new SignatureV4({ credentials: this.credentials, region, service, sha256: Sha256 });
      this.signers.set(region, signer);
    }
    return signer;
  }
}

/** The region that a host name of API Gateway names, such as `abc.execute-api.us-west-2.amazonaws.com`. */
export function regionOf(host: string): string {
  const region = namedRegionOf(host);
  if (region === undefined)
    throw new Error(`The host ${host} names no region: expected <api>.execute-api.<region>.amazonaws.com.`);
  return region;
}

/** As `regionOf`, or undefined for a host that names no region, such as one of a custom domain. */
export function namedRegionOf(host: string): string | undefined {
  return /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com$/.exec(host)?.[1];
}

/** SHA-256 in the form the signer asks for. */
class Sha256 {
  private hash;

  constructor(private readonly secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = this.create();
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(toBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    this.hash = this.create();
  }

  private create(): { update(data: string | Uint8Array): unknown; digest(): Buffer } {
    return this.secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(this.secret));
  }
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): string | Uint8Array {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
