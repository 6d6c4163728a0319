import { Resolver } from 'node:dns/promises';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import {
  ClientConnectionError,
  ClientTimeout,
  type ClientPlatform,
  type ClientRequest,
  type ClientResponse,
} from './platform';

export interface NodePlatformOptions {
  /** Addresses of name servers, such as those of a zone that nobody delegates to. @default - the system's resolver */
  readonly nameServers?: readonly string[];
  /**
   * How long an answer of DNS is kept here. The resolver that is asked keeps the record's TTL already, and a TTL kept twice
   * lasts twice as long: this only spares a busy caller a question for each request. @default 1000
   */
  readonly answerLifetimeMs?: number;
  /**
   * How long a connection may take. TCP and TLS take two round trips, at most 0.6 s around the globe; a region that is gone
   * answers none of them, so it is left after a third of the time an answer may take. @default 1000
   */
  readonly connectTimeoutMs?: number;
  /** @default 443 */
  readonly port?: number;
  /** Certificates that are trusted instead of the well-known ones. @default - the well-known ones */
  readonly ca?: string;
  /** Where a host's connections lead, as `lookup` of node:net. @default - where DNS says */
  readonly lookup?: RequestOptions['lookup'];
}

/** DNS is asked on the way of a request, so it is given half a second twice, not node's default of about 20 s. */
const DNS_ATTEMPT = { timeout: 500, tries: 2 } as const;

/** The client's surroundings in Node: node:dns, node:https and the clock. Connections are kept for reuse. */
export function nodePlatform(options: NodePlatformOptions = {}): ClientPlatform {
  const resolver = new Resolver(DNS_ATTEMPT);
  if (options.nameServers !== undefined) resolver.setServers([...options.nameServers]);
  const remember = createMemory(options.answerLifetimeMs ?? 1000);
  const agent = new Agent({ keepAlive: true, ...(options.ca === undefined ? {} : { ca: options.ca }) });
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    resolve: (name) => remember(`CNAME ${name}`, () => followAliases(resolver, name)),
    resolveText: (name) =>
      remember(`TXT ${name}`, async () => {
        const [chunks] = await resolver.resolveTxt(name);
        return chunks!.join('');
      }),
    send: (request, timeoutMs) => send(request, timeoutMs, agent, options),
  };
}

type Ask = () => Promise<string>;

/** Keeps answers, not failures; who asks while a question is under way waits for that one. */
function createMemory(lifetimeMs: number): (key: string, ask: Ask) => Promise<string> {
  const answers = new Map<string, { readonly answer: Promise<string>; readonly expiresMs: number }>();
  return (key, ask) => {
    const known = answers.get(key);
    if (known !== undefined && Date.now() < known.expiresMs) return known.answer;
    const answer = ask().catch((error: unknown) => {
      throw new ClientConnectionError(`DNS does not answer for ${key}: ${(error as Error).message}`);
    });
    answers.set(key, { answer, expiresMs: Date.now() + lifetimeMs });
    answer.catch(() => answers.delete(key));
    return answer;
  };
}

/** The end of the CNAME chain. A name without one, such as one with an alias record, is its own end. */
async function followAliases(resolver: Resolver, name: string): Promise<string> {
  const CHAIN_LENGTH_MAX = 8;
  let host = name;
  for (let length = 0; length < CHAIN_LENGTH_MAX; length++) {
    try {
      const [target] = await resolver.resolveCname(host);
      host = target!;
    } catch (error) {
      // Beyond the service's own name nobody needs to be asked: a server of its zone may refuse what is not its own.
      if (host !== name || (error as NodeJS.ErrnoException).code === 'ENODATA') return host;
      throw error;
    }
  }
  return host;
}

function send(
  message: ClientRequest,
  timeoutMs: number,
  agent: Agent,
  options: NodePlatformOptions,
): Promise<ClientResponse> {
  const { host, connectTo = host, method, path, headers, body } = message;
  const { connectTimeoutMs = 1000, port = 443, lookup } = options;
  return new Promise((resolve, reject) => {
    const request = httpsRequest({
      host: connectTo,
      servername: host,
      port,
      method,
      path,
      agent,
      headers: { ...headers, host, 'content-length': Buffer.byteLength(body) },
      ...(lookup === undefined ? {} : { lookup }),
    });
    const end = (settle: () => void): void => {
      clearTimeout(answerTimer);
      clearTimeout(connectTimer);
      settle();
    };
    const giveUp = (error: Error): void => {
      end(() => reject(error));
      request.destroy();
    };
    const answerTimer = setTimeout(
      () => giveUp(new ClientTimeout(`No answer from ${host} within ${timeoutMs} ms.`)),
      timeoutMs,
    );
    const connectTimer = setTimeout(
      () => giveUp(new ClientConnectionError(`No connection to ${host} within ${connectTimeoutMs} ms.`)),
      connectTimeoutMs,
    );
    const fail = (error: NodeJS.ErrnoException): void => {
      // The other end may close a kept connection just when it is used again. That says nothing about the region.
      if (request.reusedSocket && error.code === 'ECONNRESET')
        end(() => resolve(send(message, timeoutMs, agent, options)));
      else giveUp(new ClientConnectionError(`${host}: ${error.message}`));
    };
    request.on('socket', (socket) => {
      // A connection that was kept stands already.
      if (!socket.connecting) clearTimeout(connectTimer);
      else socket.once('secureConnect', () => clearTimeout(connectTimer));
    });
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () =>
        end(() =>
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        ),
      );
    });
    request.end(body);
  });
}
