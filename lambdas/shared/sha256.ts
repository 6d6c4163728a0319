import { createHmac, hash } from 'node:crypto';
import type { Checksum, SourceData } from '@smithy/types';

export const sha256Hex = (text: string): string => hash('sha256', text);

const toBinary = (data: SourceData): string | Uint8Array => {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};

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
    const data = this.data ?? '';
    return this.secret === undefined
      ? hash('sha256', data, 'buffer')
      : createHmac('sha256', toBinary(this.secret)).update(data).digest();
  }

  reset(): void {
    this.data = undefined;
  }
}
