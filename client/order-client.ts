import {
  ClientConnectionError,
  ClientTimeout,
  type ClientPlatform,
  type ClientRequest,
  type ClientResponse,
} from './platform';
import { RegionCircuits, STRIKES } from './region-circuits';
import type { RequestAuthorizer } from './request-signer';
import { RetryBudget } from './retry-budget';
import { ServiceLocator, type Location } from './service-locator';

/** What a caller orders. Amounts are whole numbers of the currency's minor unit. */
export interface NewOrder {
  readonly customerId: string;
  readonly amount: number;
  readonly currency: string;
  readonly reference?: string;
}

/** Which page of a customer's orders. */
export interface ListPage {
  /** The most orders in it, from 1 to 50. @default 20 */
  readonly limit?: number;
  /** @default - the first page */
  readonly cursor?: string;
}

export interface OrderClientOptions {
  readonly platform: ClientPlatform;
  readonly signer: RequestAuthorizer;
  /** The service's name in DNS, the same for both regions. @default - the first of `regionHosts` is preferred */
  readonly serviceName?: string;
  /**
   * Each region's own host by region: its execute-api host, or `<region>.orders.example.com`. With them the client is
   * region-aware: it goes where DNS says, and falls over by itself before DNS has moved. @default - plain DNS
   */
  readonly regionHosts?: Readonly<Record<string, string>>;
  /**
   * How long one attempt may take. It outwaits the service's own limit of 3 s for an answer that is slow but on its way:
   * cutting it short repeats what was executed, and does so when the service is slowest. Dead networks are heard of sooner,
   * by the platform's connection timeout. @default 3000
   */
  readonly attemptTimeoutMs?: number;
  /** How long the request that probes an avoided region may take: it is expected to fail. @default 1000 */
  readonly probeTimeoutMs?: number;
  /** The longest wait between two attempts; waits start at a tenth of it and are drawn anew each time. @default 1000 */
  readonly retryDelayMsMax?: number;
  /** The longest Retry-After that is honoured; a longer one counts as this. @default 20000 */
  readonly retryAfterMsMax?: number;
  /** @default - one of this client's own, as large as an AWS SDK's */
  readonly retryBudget?: RetryBudget;
  /** How long the client goes on trying. @default 60000 */
  readonly patienceMs?: number;
  /** Told of every attempt. */
  readonly onAttempt?: (attempt: Attempt) => void;
}

/** One attempt: when, where, and how it ended. */
export interface Attempt {
  readonly startMs: number;
  readonly endMs: number;
  readonly region: string;
  /** The status of the answer, or `timeout` when there was none, in time or at all. */
  readonly outcome: number | 'timeout';
  /** Why there was no answer. */
  readonly reason?: string;
}

/** One request on its way through its attempts. */
interface Run {
  readonly request: Omit<ClientRequest, 'host'>;
  readonly startMs: number;
  readonly onAttempt: ((attempt: Attempt) => void) | undefined;
  /** What each region has done to this request. */
  readonly strikes: Map<string, number>;
}

interface Destination extends Location {
  readonly isProbe: boolean;
}

interface Outcome {
  readonly answer: ClientResponse | undefined;
  readonly isFinal: boolean;
  /** Whether the next attempt goes to another region: it need not wait for the one that failed. */
  readonly movesOn: boolean;
}

/** So many strikes and this request tries elsewhere: one silence, or a second server error. */
const STRIKES_OF_ONE_REQUEST_MAX = 2;
/** The TTL of the records and a little more: for so long the address and the region beside it may disagree. */
const DISAGREEMENT_MS_MAX = 12_000;

/**
 * Places, reads and lists orders. Each attempt goes where DNS says, is signed for that region, and is sent again with the same
 * idempotency key until an answer is final, patience ends or the retry budget refuses.
 *
 * A region-aware client (`regionHosts`) leaves a region that is silent, or that fails twice, for the other region's own
 * host at once, avoids it for all its requests once it has failed in a row, and finds back by probes. At most one attempt
 * of a request waits for a lost region, so the loss costs 3 s and one answer of a cold function. A 429 is no failure: load
 * that one region refuses must not be carried into the other.
 *
 * Make one client and keep it: what it has learnt about regions is worth it. It does not hedge: a second request to be on
 * the safe side doubles the load of what is slow.
 */
export class OrderClient {
  private readonly locator: ServiceLocator;
  private readonly circuits: RegionCircuits;
  private readonly budget: RetryBudget;

  constructor(private readonly options: OrderClientOptions) {
    const { platform } = options;
    this.locator = new ServiceLocator(options);
    this.circuits = new RegionCircuits({ now: () => platform.now(), random: () => platform.random() });
    this.budget = options.retryBudget ?? new RetryBudget();
  }

  /** Places an order under the key: however often it is sent, it is one order. */
  async placeOrder(
    idempotencyKey: string,
    order: NewOrder,
    onAttempt = this.options.onAttempt,
  ): Promise<ClientResponse | undefined> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
    return this.run({ method: 'POST', path: '/orders', headers, body: JSON.stringify(order) }, onAttempt);
  }

  /** One page of a customer's orders, the last accepted first. @param page its `cursor` is the `next` of the page before */
  async listOrders(
    customerId: string,
    page: ListPage = {},
    onAttempt = this.options.onAttempt,
  ): Promise<ClientResponse | undefined> {
    const query = new URLSearchParams({ customerId });
    if (page.limit !== undefined) query.set('limit', String(page.limit));
    if (page.cursor !== undefined) query.set('cursor', page.cursor);
    return this.run({ method: 'GET', path: `/orders?${query.toString()}`, headers: {}, body: '' }, onAttempt);
  }

  async getOrder(orderId: string, onAttempt = this.options.onAttempt): Promise<ClientResponse | undefined> {
    return this.run(
      { method: 'GET', path: `/orders/${encodeURIComponent(orderId)}`, headers: {}, body: '' },
      onAttempt,
    );
  }

  /** The final answer; or the last one, when patience or budget ended before; undefined when there was none at all. */
  private async run(request: Run['request'], onAttempt: Run['onAttempt']): Promise<ClientResponse | undefined> {
    const { platform, patienceMs = 60_000 } = this.options;
    const run: Run = { request, startMs: platform.now(), onAttempt, strikes: new Map() };
    let lastAnswer: ClientResponse | undefined;
    let delayMs = 0;
    for (let attempt = 0; platform.now() < run.startMs + patienceMs; attempt++) {
      if (attempt > 0 && !this.budget.take()) break;
      if (delayMs > 0) await platform.sleep(delayMs);
      const { answer, isFinal, movesOn } = await this.attempt(run);
      if (isFinal) {
        this.budget.succeeded(attempt > 0);
        return answer;
      }
      lastAnswer = answer ?? lastAnswer;
      delayMs = movesOn ? 0 : this.retryDelayMs(attempt + 1, answer);
    }
    return lastAnswer;
  }

  /** The region that DNS names, or the next one whose own host is known, when that one has failed. */
  private choose(run: Run, named: Location): Destination {
    const regions = [...new Set([named.region, ...this.locator.regions])];
    if (this.locator.regions.length === 0) return { ...named, isProbe: false };
    let untried = regions.filter((region) => !hasLeft(run, region));
    if (untried.length === 0) {
      run.strikes.clear();
      untried = regions;
    }
    // With every region avoided there is nothing left to spare: DNS decides.
    const region = untried.find((candidate) => this.circuits.admission(candidate) !== 'avoid') ?? untried[0]!;
    const isProbe = this.circuits.admission(region) === 'probe';
    if (isProbe) this.circuits.beginProbe(region);
    return { ...this.locator.placeOf(region, named), isProbe };
  }

  private async attempt(run: Run): Promise<Outcome> {
    const named = await this.locate();
    if (named === undefined) return { answer: undefined, isFinal: false, movesOn: false };
    const destination = this.choose(run, named);
    const answer = await this.send(run, destination);
    return {
      answer,
      isFinal: answer !== undefined && this.isFinal(answer, run, destination),
      movesOn: hasLeft(run, destination.region) && this.hasElsewhere(run),
    };
  }

  /** Undefined while DNS does not answer and there is nothing to go by: the next attempt asks again. */
  private async locate(): Promise<Location | undefined> {
    try {
      return await this.locator.locate();
    } catch (error) {
      if (error instanceof ClientConnectionError) return undefined;
      throw error;
    }
  }

  private async send(run: Run, { host, connectTo, region, isProbe }: Destination): Promise<ClientResponse | undefined> {
    const { platform, signer, attemptTimeoutMs = 3000, probeTimeoutMs = 1000 } = this.options;
    const startMs = platform.now();
    const note = (outcome: Attempt['outcome'], reason?: string): void =>
      run.onAttempt?.({ startMs, endMs: platform.now(), region, outcome, ...(reason === undefined ? {} : { reason }) });
    const strike = (strikes: number): void => {
      run.strikes.set(region, (run.strikes.get(region) ?? 0) + strikes);
      this.circuits.failed(region, strikes, isProbe);
    };
    try {
      const address = connectTo === undefined ? { host } : { host, connectTo };
      const signed = await signer.sign({ ...run.request, ...address }, startMs, region);
      const answer = await platform.send(signed, isProbe ? probeTimeoutMs : attemptTimeoutMs);
      if (answer.status >= 500 && !isTooLate(answer)) strike(STRIKES.serverError);
      else this.circuits.answered(region);
      note(answer.status);
      return answer;
    } catch (error) {
      // A probe that nobody ends would keep its region avoided for ever, so every error strikes.
      strike(STRIKES.silence);
      if (!(error instanceof ClientTimeout || error instanceof ClientConnectionError)) throw error;
      note('timeout', error.message);
      return undefined;
    }
  }

  /** Whether the answer will stay the same when the same request is sent again. */
  private isFinal(answer: ClientResponse, run: Run, { isRegionByText }: Destination): boolean {
    const { status } = answer;
    // A region that says so is well, and says it of this order. Another one, or another try, would only add to the load.
    if (isTooLate(answer)) return true;
    // A signature for the region that one record names is refused by the one that the other record leads to.
    if (status === 403 && isRegionByText) return this.options.platform.now() - run.startMs > DISAGREEMENT_MS_MAX;
    return status < 500 && status !== 429;
  }

  private hasElsewhere(run: Run): boolean {
    return this.locator.regions.some((region) => !hasLeft(run, region) && this.circuits.admission(region) !== 'avoid');
  }

  // Full jitter, so that clients that failed together do not come back together, nor those told the same time to wait.
  private retryDelayMs(attempt: number, answer: ClientResponse | undefined): number {
    const { platform, retryDelayMsMax: max = 1000, retryAfterMsMax = 20_000 } = this.options;
    const toldMs = Math.min(retryAfterMsMax, 1000 * (answer === undefined ? 0 : (retryAfterSeconds(answer) ?? 0)));
    return toldMs + platform.random() * Math.min(max, (max / 10) * 2 ** attempt);
  }
}

function hasLeft({ strikes }: Run, region: string): boolean {
  return (strikes.get(region) ?? 0) >= STRIKES_OF_ONE_REQUEST_MAX;
}

/** Too much is waiting for the order to be decided in time: the body says so, by its type. */
function isTooLate({ status, body }: ClientResponse): boolean {
  return status === 503 && body.includes('"urn:tandem:problem:too-late"');
}

/** The header in its form of seconds; Tandem sends no dates. */
function retryAfterSeconds({ headers }: ClientResponse): number | undefined {
  const text = headers['retry-after'] ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
