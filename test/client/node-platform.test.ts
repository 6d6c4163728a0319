import { once } from 'node:events';
import { createServer as createHttpsServer, type Server } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import {
  ClientConnectionError,
  ClientTimeout,
  nodePlatform,
  OrderClient,
  RequestSigner,
  type ClientRequest,
  type NodePlatformOptions,
} from '../../client';
import { LOOPBACK_CERTIFICATE, LOOPBACK_KEY } from './loopback-certificate';
import { startNameServer, type NameServer } from './name-server';

const lookup: NodePlatformOptions['lookup'] = (_host, _options, done) =>
  done(null, [{ address: '127.0.0.1', family: 4 }]);
const REQUEST: ClientRequest = {
  method: 'POST',
  host: 'east.test',
  path: '/orders?x=1',
  headers: {},
  body: '{"a":"ä"}',
};

/** What each host of the loopback does: answers, is silent, or breaks the connection. */
const behaviour: Record<string, 'answers' | 'silent' | 'breaks'> = {};
const seen: { host: string; url: string; body: string }[] = [];
let server: Server;
let nameServer: NameServer;
let options: NodePlatformOptions;

beforeAll(async () => {
  server = createHttpsServer({ key: LOOPBACK_KEY, cert: LOOPBACK_CERTIFICATE }, (request, response) => {
    const host = request.headers.host!.split(':')[0]!;
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      seen.push({ host, url: request.url!, body });
      if (behaviour[host] === 'breaks') request.socket.destroy();
      else if (behaviour[host] !== 'silent') response.writeHead(202, { 'X-Place': host }).end('{"ok":true}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  nameServer = await startNameServer({
    'CNAME orders.test': 'front.orders.test',
    'CNAME front.orders.test': 'east.test',
    'TXT _region.orders.test': 'us-east-1',
    'TXT alias.test': 'only a text here',
  });
  const { port } = server.address() as AddressInfo;
  options = { port, lookup, ca: LOOPBACK_CERTIFICATE, nameServers: [nameServer.address] };
});
afterAll(() => {
  nameServer.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  behaviour['east.test'] = 'answers';
  behaviour['west.test'] = 'answers';
  seen.length = 0;
});

describe('The platform of Node', () => {
  it('sends a request over TLS and returns status, headers in lower case and body', async () => {
    const answer = await nodePlatform(options).send(REQUEST, 2000);

    expect(answer).toMatchObject({ status: 202, body: '{"ok":true}', headers: { 'x-place': 'east.test' } });
    expect(seen).toEqual([{ host: 'east.test', url: '/orders?x=1', body: '{"a":"ä"}' }]);
  });

  it('asks for one name at the address of another', async () => {
    const asked: string[] = [];
    const platform = nodePlatform({
      ...options,
      lookup: (host, _options, done) => {
        asked.push(host);
        done(null, [{ address: '127.0.0.1', family: 4 }]);
      },
    });

    const answer = await platform.send({ ...REQUEST, connectTo: 'target.test' }, 2000);

    expect(asked).toEqual(['target.test']);
    expect(answer.headers['x-place']).toBe('east.test');
  });

  it('says that no answer came when the other end is silent', async () => {
    behaviour['east.test'] = 'silent';
    await expect(nodePlatform(options).send(REQUEST, 100)).rejects.toThrow(ClientTimeout);
    await expect(nodePlatform(options).send(REQUEST, 100)).rejects.toThrow('No answer from east.test within 100 ms.');
  });

  it('gives up connecting sooner than it gives up waiting', async () => {
    const silent = createTcpServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const platform = nodePlatform({
      ...options,
      port: (silent.address() as AddressInfo).port,
      connectTimeoutMs: 100,
    });

    const attempt = platform.send(REQUEST, 60_000);

    await expect(attempt).rejects.toThrow('No connection to east.test within 100 ms.');
    silent.close();
  });

  it('says that the connection failed when nobody listens, or when it breaks', async () => {
    const unused = createTcpServer().listen(0, '127.0.0.1');
    await once(unused, 'listening');
    const { port } = unused.address() as AddressInfo;
    unused.close();
    await once(unused, 'close');
    behaviour['east.test'] = 'breaks';

    await expect(nodePlatform({ ...options, port }).send(REQUEST, 2000)).rejects.toThrow('ECONNREFUSED');
    await expect(nodePlatform(options).send(REQUEST, 2000)).rejects.toThrow(ClientConnectionError);
  });

  it('sends again when a kept connection was closed at the other end', async () => {
    const platform = nodePlatform(options);
    await platform.send(REQUEST, 2000);
    server.closeAllConnections();

    const answer = await platform.send(REQUEST, 2000);

    expect(answer.status).toBe(202);
  });

  it('refuses a certificate that it does not know', async () => {
    const { ca: _, ...untrusting } = options;
    await expect(nodePlatform(untrusting).send(REQUEST, 2000)).rejects.toThrow('self-signed certificate');
  });

  it('follows the aliases of a name to the host, and reads the text beside it', async () => {
    const platform = nodePlatform(options);

    expect(await platform.resolve('orders.test')).toBe('east.test');
    expect(await platform.resolveText!('_region.orders.test')).toBe('us-east-1');
  });

  it('takes a name without an alias for the host', async () => {
    expect(await nodePlatform(options).resolve('alias.test')).toBe('alias.test');
  });

  it('says that DNS did not answer for a name that does not exist', async () => {
    await expect(nodePlatform(options).resolve('nowhere.test')).rejects.toThrow(ClientConnectionError);
  });

  it('asks DNS once for what many want to know at a time', async () => {
    const platform = nodePlatform(options);
    nameServer.questions.length = 0;

    await Promise.all(Array.from({ length: 20 }, () => platform.resolveText!('_region.orders.test')));

    expect(nameServer.questions).toEqual(['TXT _region.orders.test']);
  });
});

describe('The client on Node', () => {
  it("falls over to the other region's own host within the connection's time", async () => {
    behaviour['east.test'] = 'breaks';
    const client = new OrderClient({
      platform: nodePlatform(options),
      signer: new RequestSigner({ accessKeyId: 'AKID', secretAccessKey: 'secret' }),
      serviceName: 'orders.test',
      regionHosts: { 'us-east-1': 'east.test', 'us-west-2': 'west.test' },
    });

    const answer = await client.placeOrder('key-1', { customerId: 'c', amount: 1, currency: 'USD' });

    expect(answer!.headers['x-place']).toBe('west.test');
    expect(seen.map(({ host }) => host)).toEqual(['east.test', 'west.test']);
  });
});
