import { createHash } from 'node:crypto';

/**
 * A reproducible stream of chance, named for the concern it serves (`latency/dynamodb`, `env/3`). One stream a concern
 * means that one more draw in one place does not move any draw in another. The generator is sfc32.
 */
export class RandomStream {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: string) {
    const digest = createHash('sha256').update(seed).digest();
    this.a = digest.readUInt32LE(0);
    this.b = digest.readUInt32LE(4);
    this.c = digest.readUInt32LE(8);
    for (let round = 0; round < 12; round++) this.uint32();
  }

  /** A whole number from 0 up to 2^32 - 1. */
  uint32(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number in [0, 1) with 53 bits, as `Math.random` promises. */
  next(): number {
    return ((this.uint32() >>> 5) * 67_108_864 + (this.uint32() >>> 6)) / 9_007_199_254_740_992;
  }

  /** A number in [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  /** True with the given probability. A probability of 0 still draws, so that a plan can be changed without moving draws. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** The waiting time of a Poisson process, in the unit of `mean`. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** A log-normal sample: half of all samples are below `median`; `sigma` is the deviation of the logarithm. */
  lognormal(median: number, sigma: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * this.next()));
  }

  /** Fills the array with bytes in place and returns it. */
  fillBytes<T extends Uint8Array>(bytes: T): T {
    let drawn = 0;
    for (let index = 0; index < bytes.length; index++) {
      drawn = index % 4 === 0 ? this.uint32() : drawn >>> 8;
      bytes[index] = drawn & 0xff;
    }
    return bytes;
  }

  /** A version 4 UUID. */
  uuid(): string {
    const [a, b, c, d] = [this.uint32(), this.uint32(), this.uint32(), this.uint32()];
    const versioned = (b & 0xff0fffff) | 0x00400000;
    const varied = (c & 0xffffff3f) | 0x00000080;
    return `${bytesAsHex(a)}-${pairAsHex(versioned)}-${pairAsHex(versioned >>> 16)}-${pairAsHex(varied)}-${pairAsHex(varied >>> 16)}${bytesAsHex(d)}`;
  }
}

const BYTE_AS_HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The lower two bytes, the lowest first, as `fillBytes` lays them out. */
const pairAsHex = (word: number): string => BYTE_AS_HEX[word & 0xff]! + BYTE_AS_HEX[(word >>> 8) & 0xff]!;

const bytesAsHex = (word: number): string => pairAsHex(word) + pairAsHex(word >>> 16);
