import * as hostCrypto from 'node:crypto';
import { createRequire } from 'node:module';
import type { Kernel } from '../kernel/kernel';
import type { RandomStream } from '../kernel/random-stream';
import { EnvironmentConsole } from './environment-console';
import { refuse } from './environment-globals';

const hostRequire = createRequire(__filename);

/** Modules whose every export is a pure function of its arguments: the host's own serve. */
const PURE_MODULES = new Set([
  'assert',
  'buffer',
  'events',
  'path',
  'querystring',
  'stream',
  'string_decoder',
  'url',
  'util',
]);

/** Modules that libraries load but may not use: each export throws when it is called. */
const REFUSED_MODULES = new Set([
  'async_hooks',
  'child_process',
  'dns',
  'http2',
  'net',
  'tls',
  'zlib',
  'worker_threads',
]);

/** The parts of an environment from which its modules are made. */
export interface ModuleParts {
  readonly kernel: Kernel;
  readonly process: object;
  readonly random: RandomStream;
  readonly https: object;
  readonly timers: object;
}

/** The `require` of a bundle: an allow-list. What is not on it is refused by name. */
export function createModuleRequire(parts: ModuleParts): (name: string) => unknown {
  const modules = new Map<string, unknown>();
  return (specifier) => {
    const name = specifier.replace(/^node:/, '');
    let module = modules.get(name);
    if (module === undefined) {
      module = loadModule(name, parts);
      modules.set(name, module);
    }
    return module;
  };
}

function loadModule(name: string, parts: ModuleParts): unknown {
  if (PURE_MODULES.has(name)) return hostRequire(`node:${name}`);
  if (REFUSED_MODULES.has(name)) return refusedModule(parts.kernel, name);
  switch (name) {
    case 'crypto':
      return cryptoModule(parts.kernel, parts.random);
    case 'https':
      return parts.https;
    case 'http':
      return refusedModule(parts.kernel, 'http');
    case 'process':
      return parts.process;
    case 'console':
      return { Console: EnvironmentConsole };
    case 'timers':
      return parts.timers;
    case 'os':
      return osModule(parts.kernel);
    case 'fs':
      return { ...refusedModule(parts.kernel, 'fs'), promises: fileSystemPromises(parts.kernel) };
    case 'fs/promises':
      return fileSystemPromises(parts.kernel);
    default:
      return refuse(parts.kernel, `Module ${name}`)();
  }
}

function refusedModule(kernel: Kernel, name: string): Record<string, unknown> {
  const exports = Object.keys(hostRequire(`node:${name}`) as object);
  return Object.fromEntries(exports.map((member) => [member, refuse(kernel, `${name}.${member}`)]));
}

function cryptoModule(kernel: Kernel, random: RandomStream): Record<string, unknown> {
  return {
    ...refusedModule(kernel, 'crypto'),
    createHash: hostCrypto.createHash,
    createHmac: hostCrypto.createHmac,
    hash: hostCrypto.hash,
    timingSafeEqual: hostCrypto.timingSafeEqual,
    ...cryptoGlobal(kernel, random),
    randomBytes: (size: number) => random.fillBytes(Buffer.alloc(size)),
    randomInt: (low: number, high?: number) =>
      high === undefined ? random.below(low) : low + random.below(high - low),
  };
}

/** The Web Crypto members of chance, for `globalThis.crypto` too. */
export function cryptoGlobal(kernel: Kernel, random: RandomStream): Record<string, unknown> {
  return {
    randomUUID: () => random.uuid(),
    getRandomValues: <T extends ArrayBufferView>(view: T): T => {
      random.fillBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
      return view;
    },
    subtle: new Proxy({}, { get: (_target, name) => refuse(kernel, `crypto.subtle.${String(name)}`) }),
  };
}

function osModule(kernel: Kernel): Record<string, unknown> {
  return {
    ...refusedModule(kernel, 'os'),
    platform: () => 'linux',
    release: () => '5.10.0',
    homedir: () => '/home/sbx_user1051',
    EOL: '\n',
  };
}

// The SDK looks for ~/.aws/config and ~/.aws/credentials on its first call. In Lambda neither exists.
function fileSystemPromises(kernel: Kernel): Record<string, unknown> {
  const readFile = async (path: unknown): Promise<never> => {
    throw Object.assign(new Error(`ENOENT: no such file or directory, open '${String(path)}'`), { code: 'ENOENT' });
  };
  return { ...refusedModule(kernel, 'fs/promises'), readFile };
}
