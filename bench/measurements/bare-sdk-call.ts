import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { compileFunction } from 'node:vm';
import { bundle } from '../../lib/constructs/bundle';
import { cleanEnvironment } from '../clean-environment';
import { medianElapsed, timed, timedBatches } from '../elapsed';
import { milliseconds, type Figure } from '../figure';

const ENTRY = 'bench/functions/put-items.ts';

export const BARE_SDK_CALL_HOT = 'The same SDK call without the simulator, hot';
const COLD = 20;
const BATCH = 400;
const WARM_UP_BATCHES = 16;

/**
 * The yardstick: the same bundle in plain Node, with a `node:https` that answers at once. What it takes is the SDK and
 * the machine; what a simulated call takes beyond it is the simulator.
 */
export async function bareSdkCall(): Promise<readonly Figure[]> {
  cleanEnvironment({ TABLE_NAME: 'bench' });
  const handler = load(bundle([ENTRY]).get(ENTRY)!);
  const call = (): Promise<void> => handler({ count: BATCH });
  const cold = await timed(() => handler({ count: COLD }));
  await timedBatches(WARM_UP_BATCHES, call);
  const hot = await timedBatches(9, call);
  return [
    milliseconds(BARE_SDK_CALL_HOT, medianElapsed(hot, BATCH)),
    milliseconds('The same SDK call without the simulator, cold', medianElapsed([cold], COLD)),
  ];
}

type Handler = (event: { readonly count: number }) => Promise<void>;

function load(code: string): Handler {
  const hostRequire = createRequire(__filename);
  const module: { exports: { handler?: Handler } } = { exports: {} };
  const require = (name: string): unknown =>
    name.replace(/^node:/, '') === 'https' ? { Agent, request: answerAtOnce } : hostRequire(name);
  compileFunction(code, ['exports', 'require', 'module'])(module.exports, require, module);
  return module.exports.handler!;
}

function answerAtOnce(_options: unknown, onResponse: (response: Readable) => void): StubRequest {
  return new StubRequest().once('response', onResponse);
}

class Agent {
  readonly sockets = {};
  readonly requests = {};
  readonly maxSockets = 50;

  destroy(): void {
    // Nothing is open.
  }
}

/** A request that is answered in the next turn of the event loop, as the nearest network could. */
class StubRequest extends EventEmitter {
  readonly socket = Object.assign(new EventEmitter(), { connecting: false, setKeepAlive: (): void => undefined });
  readonly destroyed = false;

  constructor() {
    super();
    process.nextTick(() => this.emit('socket', this.socket));
  }

  write(): boolean {
    return true;
  }

  end(): this {
    setImmediate(() => {
      const body = new Readable({ read: () => undefined });
      body.push(Buffer.from('{}'));
      body.push(null);
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'bench' };
      this.emit('response', Object.assign(body, { statusCode: 200, headers }));
      this.emit('close');
    });
    return this;
  }

  setTimeout(): this {
    return this;
  }

  destroy(): this {
    return this;
  }
}
