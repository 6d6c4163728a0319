/** Weights of what can go wrong with an attempt. Silence says more than a server error. */
export const STRIKES = { serverError: 1, silence: 2 } as const;

export interface RegionCircuitsOptions {
  readonly now: () => number;
  readonly random: () => number;
  /** A region with so many strikes in a row is avoided: two silent attempts, or four server errors. @default 4 */
  readonly strikesMax?: number;
  /** How long it is avoided at first; each probe that fails doubles it. @default 10000, the TTL of the records */
  readonly avoidMs?: number;
  /** @default 60000 */
  readonly avoidMsMax?: number;
}

interface Circuit {
  strikes: number;
  /** Avoided until then. @default - not avoided */
  openUntilMs: number | undefined;
  avoidMs: number;
  isProbed: boolean;
}

/** Whether a region takes requests: all of them, none, or one that finds out. */
export type Admission = 'open-door' | 'probe' | 'avoid';

/**
 * A circuit breaker for each region. After strikes in a row a region is avoided for a while; then one request at a time
 * probes it, and the first that is answered brings it back. Nobody has to reset anything.
 */
export class RegionCircuits {
  private readonly circuits = new Map<string, Circuit>();

  constructor(private readonly options: RegionCircuitsOptions) {}

  admission(region: string): Admission {
    const { openUntilMs, isProbed } = this.of(region);
    if (openUntilMs === undefined) return 'open-door';
    return !isProbed && this.options.now() >= openUntilMs ? 'probe' : 'avoid';
  }

  /** Must be followed by `answered` or `failed`. */
  beginProbe(region: string): void {
    this.of(region).isProbed = true;
  }

  /** The region has spoken, be it to refuse: it is alive. */
  answered(region: string): void {
    this.circuits.delete(region);
  }

  /** @param isProbe of an open circuit only its probe counts: what was under way when it opened says nothing new */
  failed(region: string, strikes: number, isProbe: boolean): void {
    const circuit = this.of(region);
    if (circuit.openUntilMs !== undefined && !isProbe) return;
    circuit.strikes += strikes;
    if (!isProbe && circuit.strikes < (this.options.strikesMax ?? 4)) return;
    // Jitter, so that clients that left together do not probe together.
    circuit.openUntilMs = this.options.now() + circuit.avoidMs * (0.75 + this.options.random() / 2);
    circuit.avoidMs = Math.min(this.options.avoidMsMax ?? 60_000, circuit.avoidMs * 2);
    circuit.isProbed = false;
  }

  private of(region: string): Circuit {
    let circuit = this.circuits.get(region);
    if (circuit === undefined) {
      circuit = { strikes: 0, openUntilMs: undefined, avoidMs: this.options.avoidMs ?? 10_000, isProbed: false };
      this.circuits.set(region, circuit);
    }
    return circuit;
  }
}
