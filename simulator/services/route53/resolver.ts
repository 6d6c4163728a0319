import type { Kernel } from '../../kernel/kernel';
import { normalizeName, type RecordType } from './record-set';
import type { DnsAnswer } from './route53';

export interface ResolverOptions {
  /** The name servers. */
  readonly answer: (name: string, type: RecordType) => DnsAnswer;
  /** Keeps every answer at least so long, as runtimes and resolvers that do not honour a TTL do. @default - 0: it does */
  readonly pinSeconds?: number;
}

/** A name followed to its end. */
export interface ResolvedHost {
  /** The name to connect to. */
  readonly host: string;
  /** Which record set of several led there, when one did. */
  readonly setIdentifier?: string;
}

interface CachedAnswer {
  readonly answer: DnsAnswer;
  readonly expiresAtUs: number;
}

const CHAIN_LENGTH_MAX = 8;

/** The resolver of one client. It asks once and remembers the answer for its TTL; how long asking takes is not its matter. */
export class Resolver {
  private readonly cache = new Map<string, CachedAnswer>();

  constructor(
    private readonly kernel: Kernel,
    private readonly options: ResolverOptions,
  ) {}

  resolve(name: string, type: RecordType): DnsAnswer {
    const key = `${normalizeName(name)} ${type}`;
    const cached = this.cache.get(key);
    if (cached !== undefined && cached.expiresAtUs > this.kernel.nowUs) return cached.answer;
    const answer = this.options.answer(name, type);
    const keepSeconds = Math.max(answer.ttlSeconds, this.options.pinSeconds ?? 0);
    this.cache.set(key, { answer, expiresAtUs: this.kernel.nowUs + keepSeconds * 1_000_000 });
    return answer;
  }

  /**
   * Follows CNAME records to an A record, which names the endpoint to connect to, or to a name that somebody else answers
   * for, which is the endpoint's own.
   *
   * @returns `undefined` when the name, or one it leads to, does not exist
   */
  resolveHost(name: string): ResolvedHost | undefined {
    let host = normalizeName(name);
    let setIdentifier: string | undefined;
    const found = (): ResolvedHost => (setIdentifier === undefined ? { host } : { host, setIdentifier });
    for (let length = 0; length < CHAIN_LENGTH_MAX; length++) {
      const answer = this.resolve(host, 'CNAME');
      if (answer.status === 'REFUSED') return found();
      const [target] = answer.values;
      if (target === undefined) {
        const addresses = this.resolve(host, 'A');
        if (addresses.values[0] === undefined) return undefined;
        setIdentifier = addresses.setIdentifier ?? setIdentifier;
        host = addresses.values[0];
        return found();
      }
      setIdentifier = answer.setIdentifier ?? setIdentifier;
      host = target;
    }
    return undefined;
  }
}
