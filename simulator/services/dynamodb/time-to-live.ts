import type { Kernel } from '../../kernel/kernel';
import type { AttributeMap } from './attribute-value';
import { identityOf, type ItemKey } from './item-key';
import type { Replica } from './replica';

/**
 * How often expired items are looked for. The service promises days and usually needs less; code must filter expired
 * items itself. Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 */
const SWEEP_SECONDS = 600;

/** An item whose time lies further back than this is taken for a mistake and kept. */
const OLDEST_SECONDS = 5 * 365 * 24 * 3600;

/**
 * Deletes the items of one replica 10 to 20 minutes after they expire. The deletions replicate like any other write.
 */
export class TimeToLive {
  /** The keys to look at in each sweep, by the sweep's number. */
  private readonly sweeps = new Map<number, Map<string, ItemKey>>();

  constructor(
    private readonly kernel: Kernel,
    private readonly attributeName: string,
    private readonly replica: Replica,
  ) {}

  /** Notes when a stored item expires. */
  follow(key: ItemKey, item: AttributeMap | undefined): void {
    const expirySeconds = item === undefined ? undefined : this.expiryOf(item);
    if (expirySeconds === undefined) return;
    const dueSeconds = Math.max(expirySeconds, this.kernel.epochMs / 1000);
    const sweep = Math.ceil(dueSeconds / SWEEP_SECONDS) + 1;
    let keys = this.sweeps.get(sweep);
    if (keys === undefined) {
      keys = new Map();
      this.sweeps.set(sweep, keys);
      const atUs = (sweep * SWEEP_SECONDS * 1000 - this.kernel.startEpochMs) * 1000;
      this.kernel.at(atUs, () => this.sweep(sweep));
    }
    keys.set(identityOf(key), key);
  }

  private sweep(number: number): void {
    const keys = this.sweeps.get(number)!;
    this.sweeps.delete(number);
    for (const [identity, key] of keys) {
      const item = this.replica.find(key);
      const expirySeconds = item === undefined ? undefined : this.expiryOf(item);
      // The item may have been written again since, with a later time or none.
      if (expirySeconds === undefined || expirySeconds > this.kernel.epochMs / 1000) continue;
      this.kernel.record(`dynamodb/${this.replica.region}`, 'expired', identity);
      this.replica.commit(key, undefined);
    }
  }

  private expiryOf(item: AttributeMap): number | undefined {
    const text = item[this.attributeName]?.N;
    if (text === undefined) return undefined;
    const seconds = Math.floor(Number(text));
    return seconds < this.kernel.epochMs / 1000 - OLDEST_SECONDS ? undefined : seconds;
  }
}
