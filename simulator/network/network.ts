import { NotModelled, SimulatorDefect } from '../kernel/errors';
import type { Kernel } from '../kernel/kernel';
import type { Endpoint, HttpRequest, HttpResponse } from './http-message';
import { sampleLatencyUs } from './latency';
import { NetworkFaults, type FaultEffect } from './network-faults';

/** What the sender of a request hears. A lost packet is heard by nobody: the sender's own timers must deal with it. */
export interface ExchangeListener {
  /** The connection stands; called at once when it was standing already. */
  readonly onConnect?: () => void;
  readonly onResponse: (response: HttpResponse) => void;
}

export interface ExchangeOptions {
  /** Whether a connection from an earlier exchange is used, which saves connecting. @default false */
  readonly isConnected?: boolean;
  /** Which part of the system asks. @default - nobody of it, or nobody who would be told apart */
  readonly sender?: string;
}

/** A call under no identity, which no policy has let pass. */
export interface UnsignedCall {
  readonly sender: string;
  /** With host and path, and without what is behind a question mark. */
  readonly url: string;
}

/** A request under way. */
export interface Exchange {
  /** The sender hears nothing any more. What has reached the endpoint still takes effect there. */
  abort(): void;
}

interface Journey {
  readonly from: string;
  readonly endpoint: Endpoint;
  readonly operation: string;
  readonly request: HttpRequest;
  readonly roundTripUs: number;
  readonly serviceUs: number;
  readonly effects: readonly FaultEffect[];
  listener: ExchangeListener | undefined;
}

/**
 * The network between everything: connect, half the way, apply, half the way back. "Executed, but the reply was lost"
 * is a fault of its own, because the two halves are two events.
 */
export class Network {
  readonly faults: NetworkFaults;
  private readonly endpoints = new Map<string, Endpoint>();
  private readonly unsigned = new Map<string, UnsignedCall>();

  /** @param resolve what DNS says in a place about a host at which nothing listens itself @default - no DNS */
  constructor(
    private readonly kernel: Kernel,
    private readonly resolve?: (host: string, from: string) => string | undefined,
  ) {
    this.faults = new NetworkFaults(kernel);
  }

  /** Puts an endpoint behind a host name. */
  listen(host: string, endpoint: Endpoint): void {
    if (this.endpoints.has(host)) throw new SimulatorDefect(`Two endpoints claim the host ${host}.`);
    this.endpoints.set(host, endpoint);
  }

  hasHost(host: string): boolean {
    return this.endpoints.has(host);
  }

  /** @throws NotModelled when nothing listens at the host: the code under test speaks to something unknown */
  send(from: string, request: HttpRequest, listener: ExchangeListener, options: ExchangeOptions = {}): Exchange {
    const endpoint = this.endpoints.get(request.host) ?? this.endpointByName(request.host, from);
    if (endpoint === undefined) {
      throw new NotModelled(`Host ${request.host}`, 'Model the service behind it or correct the address.');
    }
    if (options.sender !== undefined && request.headers['authorization'] === undefined) {
      this.noteUnsigned(options.sender, request);
    }
    const journey = this.depart(from, request, endpoint, listener);
    if (options.isConnected === true) {
      listener.onConnect?.();
      this.after(journey.roundTripUs / 2, () => this.arrive(journey));
    } else {
      // TCP and TLS 1.3 take one round trip each before the request itself can leave.
      this.after(journey.roundTripUs / 2, () => this.crossOut(journey, () => this.connect(journey)));
    }
    return {
      abort() {
        journey.listener = undefined;
      },
    };
  }

  /** Every different call that parts of the system have made under no identity, in the order of the first of each. */
  unsignedCalls(): readonly UnsignedCall[] {
    return [...this.unsigned.values()];
  }

  private noteUnsigned(sender: string, { host, path }: HttpRequest): void {
    const url = `https://${host}${path.split('?', 1)[0]}`;
    this.unsigned.set(`${sender} ${url}`, { sender, url });
  }

  private endpointByName(host: string, from: string): Endpoint | undefined {
    const target = this.resolve?.(host, from);
    return target === undefined ? undefined : this.endpoints.get(target);
  }

  private depart(from: string, request: HttpRequest, endpoint: Endpoint, listener: ExchangeListener): Journey {
    const operation = endpoint.operation(request);
    const stream = this.kernel.random(`latency/${endpoint.service}/${endpoint.region}/${from}`);
    const { roundTripUs, serviceUs } = sampleLatencyUs(stream, from, endpoint.region, endpoint.service);
    const effects = this.faults.effectsOn({ from, to: endpoint.region, service: endpoint.service, operation });
    const delayUs = effects.reduce((sum, effect) => sum + (effect.kind === 'delay' ? effect.delayMs * 1000 : 0), 0);
    return { from, endpoint, operation, request, roundTripUs, serviceUs: serviceUs + delayUs, effects, listener };
  }

  private connect(journey: Journey): void {
    this.after(journey.roundTripUs / 2, () => {
      if (!this.isOpen(journey)) return;
      journey.listener?.onConnect?.();
      this.after(journey.roundTripUs * 1.5, () => this.arrive(journey));
    });
  }

  private arrive(journey: Journey): void {
    this.crossOut(journey, () => this.after(journey.serviceUs / 2, () => this.apply(journey)));
  }

  private apply(journey: Journey): void {
    const { endpoint, request, from, operation } = journey;
    if (journey.effects.some((effect) => effect.kind === 'lose-request')) return;
    this.kernel.record(`${from}>${endpoint.service}.${endpoint.region}`, operation, request.body);
    const answer = journey.effects.find((effect) => effect.kind === 'answer');
    if (answer !== undefined) {
      this.goBack(journey, { status: answer.status, headers: {}, body: answer.body });
      return;
    }
    let hasReplied = false;
    endpoint.receive(request, from, (response) => {
      if (hasReplied) return;
      hasReplied = true;
      this.goBack(journey, response);
    });
  }

  private goBack(journey: Journey, response: HttpResponse): void {
    if (journey.effects.some((effect) => effect.kind === 'lose-reply')) return;
    const replacement = journey.effects.find((effect) => effect.kind === 'replace-reply');
    const heard =
      replacement === undefined ? response : { status: replacement.status, headers: {}, body: replacement.body };
    this.after(journey.serviceUs / 2 + journey.roundTripUs / 2, () => {
      if (this.isOpen(journey)) journey.listener?.onResponse(heard);
    });
  }

  private crossOut(journey: Journey, next: () => void): void {
    if (this.isOpen(journey)) next();
  }

  private isOpen(journey: Journey): boolean {
    return this.faults.isOpen(journey.from, journey.endpoint.region);
  }

  private after(delayUs: number, action: () => void): void {
    this.kernel.after(delayUs, action);
  }
}
