import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { NotModelled } from '../kernel/errors';
import type { Kernel } from '../kernel/kernel';
import type { HttpResponse } from '../network/http-message';
import type { Exchange, ExchangeListener, Network } from '../network/network';
import type { EnvironmentTimers, TimerHandle } from './environment-timers';

/** What the fake `node:https` needs of its environment. */
export interface HttpsParts {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly timers: EnvironmentTimers;
  /** The place requests come from: the region of the environment. */
  readonly place: string;
  /** The function that asks. */
  readonly sender: string;
  /** Runs the action in the environment: later when it is frozen, never when it is gone. */
  readonly deliver: (action: () => void) => void;
}

interface RequestOptions {
  readonly host: string;
  readonly port?: number | string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | number>;
  readonly agent?: Agent;
}

/** How long a connection that nobody uses stays usable. The services close theirs in this order of magnitude. */
const IDLE_CONNECTION_LIFETIME_US = 60_000_000;

/** The module `node:https` of one execution environment: the SDK's own HTTP handler runs on it unchanged. */
export function createHttps(parts: HttpsParts): object {
  const globalAgent = new Agent({ keepAlive: true });
  return {
    Agent,
    globalAgent,
    request: (options: RequestOptions, onResponse?: (response: IncomingMessage) => void) =>
      new ClientRequest(parts, { agent: globalAgent, ...options }, onResponse),
  };
}

/** Keeps connections for reuse, as many as `maxSockets` at a time. */
class Agent {
  readonly keepAlive: boolean;
  readonly keepAliveMsecs: number;
  readonly maxSockets: number;
  readonly sockets: Record<string, unknown[]> = {};
  readonly requests: Record<string, unknown[]> = {};
  private readonly idle = new Map<string, Socket[]>();
  private openCount = 0;

  constructor(options: { keepAlive?: boolean; keepAliveMsecs?: number; maxSockets?: number } = {}) {
    this.keepAlive = options.keepAlive ?? false;
    this.keepAliveMsecs = options.keepAliveMsecs ?? 1000;
    this.maxSockets = options.maxSockets ?? Infinity;
  }

  /** A connection to the host: one that stands, or a new one that has to connect first. */
  acquire(parts: HttpsParts, host: string): Socket {
    if (++this.openCount > this.maxSockets) {
      throw new NotModelled(
        `Waiting for one of ${this.maxSockets} sockets`,
        'Make fewer calls at once or model the agent queue in simulator/runtime/node-https.ts.',
      );
    }
    const idle = this.idle.get(host) ?? [];
    for (let socket = idle.pop(); socket !== undefined; socket = idle.pop()) {
      if (parts.kernel.nowUs - socket.idleSinceUs <= IDLE_CONNECTION_LIFETIME_US) return socket;
    }
    return new Socket(parts.timers);
  }

  release(host: string, socket: Socket, nowUs: number): void {
    this.openCount--;
    if (!this.keepAlive || socket.destroyed) return;
    socket.idleSinceUs = nowUs;
    const idle = this.idle.get(host);
    if (idle === undefined) this.idle.set(host, [socket]);
    else idle.push(socket);
  }

  destroy(): void {
    this.idle.clear();
  }
}

class Socket extends EventEmitter {
  connecting = true;
  destroyed = false;
  idleSinceUs = 0;
  private timeout: TimerHandle | undefined;

  constructor(private readonly timers: EnvironmentTimers) {
    super();
  }

  setTimeout(timeoutMs: number, onTimeout?: () => void): this {
    this.timers.clear(this.timeout);
    this.timeout = undefined;
    if (onTimeout !== undefined) this.on('timeout', onTimeout);
    if (timeoutMs > 0) this.timeout = this.timers.setTimeout(() => this.emit('timeout'), timeoutMs);
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  destroy(): this {
    this.destroyed = true;
    this.setTimeout(0);
    return this;
  }
}

class IncomingMessage extends Readable {
  readonly statusCode: number;
  readonly statusMessage = '';
  readonly headers: Readonly<Record<string, string>>;
  readonly complete = true;

  private readonly body: Buffer;

  constructor(response: HttpResponse) {
    super();
    this.statusCode = response.status;
    this.headers = response.headers;
    this.body = Buffer.from(response.body);
  }

  override _read(): void {
    if (this.body.length > 0) this.push(this.body);
    this.push(null);
  }

  /** The whole body is here already, so it is handed over at once instead of by the flow control of a stream. */
  override pipe<T extends NodeJS.WritableStream>(destination: T): T {
    if (this.body.length > 0) destination.write(this.body);
    destination.end();
    return destination;
  }
}

class ClientRequest extends EventEmitter implements ExchangeListener {
  readonly socket: Socket;
  destroyed = false;
  private readonly chunks: string[] = [];
  private exchange: Exchange | undefined;
  private hasResponse = false;

  constructor(
    private readonly parts: HttpsParts,
    private readonly options: RequestOptions & { agent: Agent },
    onResponse?: (response: IncomingMessage) => void,
  ) {
    super();
    if (onResponse !== undefined) this.once('response', onResponse);
    this.socket = options.agent.acquire(parts, options.host);
    process.nextTick(announceSocket, this);
  }

  write(chunk: string | Uint8Array): boolean {
    this.chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    return true;
  }

  end(chunk?: string | Uint8Array): this {
    if (chunk !== undefined) this.write(chunk);
    try {
      this.send();
    } catch (error) {
      // Code under simulation swallows what is thrown here, so the run is ended by name.
      this.parts.kernel.fail(error);
    }
    return this;
  }

  setTimeout(timeoutMs: number, onTimeout?: () => void): this {
    this.socket.setTimeout(timeoutMs, onTimeout);
    return this;
  }

  setSocketKeepAlive(): void {
    // Connections are kept by the agent in any case.
  }

  setNoDelay(): void {
    // Nothing is delayed here.
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.exchange?.abort();
    this.socket.destroy();
    this.options.agent.release(this.options.host, this.socket, this.parts.kernel.nowUs);
    const reason = error ?? (this.hasResponse ? undefined : hangUp());
    process.nextTick(() => {
      if (reason !== undefined) this.emit('error', reason);
      this.emit('close');
    });
    return this;
  }

  private send(): void {
    const { host, port, method, path, headers } = this.options;
    const lowerCased: Record<string, string> = {};
    for (const name of Object.keys(headers ?? {})) lowerCased[name.toLowerCase()] = String(headers![name]);
    this.exchange = this.parts.network.send(
      this.parts.place,
      {
        method: method ?? 'GET',
        host,
        port: Number(port ?? 443),
        path: path ?? '/',
        headers: lowerCased,
        body: this.chunks.join(''),
      },
      this,
      { isConnected: !this.socket.connecting, sender: this.parts.sender },
    );
  }

  onConnect(): void {
    this.parts.deliver(() => this.connected());
  }

  onResponse(response: HttpResponse): void {
    this.parts.deliver(() => this.answered(response));
  }

  private connected(): void {
    if (this.destroyed || !this.socket.connecting) return;
    this.socket.connecting = false;
    this.socket.emit('connect');
  }

  private answered(response: HttpResponse): void {
    if (this.destroyed) return;
    this.hasResponse = true;
    this.destroyed = true;
    this.socket.setTimeout(0);
    this.options.agent.release(this.options.host, this.socket, this.parts.kernel.nowUs);
    this.emit('response', new IncomingMessage(response));
    this.emit('close');
  }
}

function announceSocket(request: ClientRequest): void {
  request.emit('socket', request.socket);
}

function hangUp(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}
