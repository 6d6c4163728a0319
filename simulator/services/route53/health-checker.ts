import type { Kernel } from '../../kernel/kernel';
import type { EndpointCheck } from './health-check';

/** One request of one checker. */
export interface Probe {
  /** Where the request comes from. */
  readonly checkerRegion: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly tls: boolean;
  readonly connectTimeoutMs: number;
  /** From the connection to the status line. */
  readonly responseTimeoutMs: number;
}

/** What became of it. */
export type ProbeOutcome =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'connect-timeout' }
  | { readonly kind: 'response-timeout' }
  | { readonly kind: 'refused' };

/** Sends a probe and calls back exactly once, within the two time-outs. */
export type SendProbe = (probe: Probe, done: (outcome: ProbeOutcome) => void) => void;

/**
 * A connection within four seconds, then a status of 2xx or 3xx within two.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
const CONNECT_TIMEOUT_MS = 4000;
const RESPONSE_TIMEOUT_MS = 2000;

const US_PER_S = 1_000_000;

/**
 * One of the checkers of a check, alone with its opinion: they do not coordinate. It begins at a moment of its own and
 * thinks the endpoint healthy until enough results in a row say otherwise.
 */
export class HealthChecker {
  isHealthy = true;
  private contraryCount = 0;
  private readonly probe: Probe;

  constructor(
    private readonly kernel: Kernel,
    private readonly check: EndpointCheck,
    checkerRegion: string,
    private readonly send: SendProbe,
    private readonly onTurn: (isHealthy: boolean) => void,
  ) {
    const { host, port, path, tls } = check;
    const timeouts = { connectTimeoutMs: CONNECT_TIMEOUT_MS, responseTimeoutMs: RESPONSE_TIMEOUT_MS };
    this.probe = { checkerRegion, host, port, path, tls, ...timeouts };
  }

  /** Starts asking, at that distance from now. */
  start(phaseUs: number): void {
    this.kernel.after(phaseUs, this.ask);
  }

  private readonly ask = (): void => this.send(this.probe, this.hear);

  private readonly hear = (outcome: ProbeOutcome): void => {
    const isGood = outcome.kind === 'status' && outcome.status >= 200 && outcome.status < 400;
    this.contraryCount = isGood === this.isHealthy ? 0 : this.contraryCount + 1;
    if (this.contraryCount >= this.check.failureThreshold) {
      this.isHealthy = isGood;
      this.contraryCount = 0;
      this.onTurn(isGood);
    }
    this.kernel.after(this.check.requestIntervalSeconds * US_PER_S, this.ask);
  };
}
