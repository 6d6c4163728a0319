import { ClientConnectionError, ClientTimeout, type ClientPlatform, type ClientRequest } from '../../client';
import type { Cloud } from '../../simulator';

/** The embedded cloud as a caller outside of every region sees it, with a DNS cache of its own. */
export function simulatedCaller(
  cloud: Cloud,
  random: () => number,
  place: string,
  dnsPinSeconds?: number,
): ClientPlatform {
  const resolver = cloud.createResolver(place, dnsPinSeconds);
  return {
    now: () => cloud.kernel.epochMs,
    sleep: (durationMs) => cloud.sleep(durationMs),
    random,
    resolve: async (name) => {
      const resolved = resolver.resolveHost(name);
      if (resolved === undefined) throw new ClientConnectionError(`DNS knows no ${name}.`);
      return resolved.host;
    },
    resolveText: async (name) => {
      const [text] = resolver.resolve(name, 'TXT').values;
      if (text === undefined) throw new ClientConnectionError(`DNS knows no text of ${name}.`);
      return text;
    },
    send: (request, timeoutMs) => send(cloud, request, timeoutMs, place),
  };
}

async function send(
  cloud: Cloud,
  { connectTo, ...request }: ClientRequest,
  timeoutMs: number,
  place: string,
): ReturnType<ClientPlatform['send']> {
  // The signature covers the Host header, which stays the name that was asked for.
  const host = connectTo ?? request.host;
  const response = await cloud.request({ ...request, host, port: 443 }, timeoutMs, place);
  if (response === undefined) throw new ClientTimeout(`No answer from ${host} within ${timeoutMs} ms.`);
  return response;
}
