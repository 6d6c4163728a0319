import { createHmac, hash } from 'node:crypto';
import type { Checksum, SourceData } from '@smithy/types';

export const sha256Hex = (text: string): string => hash('sha256', text);

const NOTHING = new Uint8Array();

const toBytes = (data: Exclude<SourceData, string>): Uint8Array =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);

/**
 * SHA-256, or HMAC with a secret, in the shape the signer asks for. What is signed is small and comes in one piece, so
 * it is hashed in one call: the SDK's own class makes two objects of OpenSSL for each of the three sums of a signature.
 */
export class Sha256 implements Checksum {
  private data: Uint8Array | undefined;

  constructor(private readonly secret?: SourceData) {}

  update(chunk: Uint8Array): void {
    this.data = this.data === undefined ? chunk : Buffer.concat([this.data, chunk]);
  }

  async digest(): Promise<Uint8Array> {
    const { secret, data = NOTHING } = this;
    return secret === undefined
      ? hash('sha256', data, 'buffer')
      : createHmac('sha256', typeof secret === 'string' ? secret : toBytes(secret))
          .update(data)
          .digest();
  }

  reset(): void {
    this.data = undefined;
  }
}
