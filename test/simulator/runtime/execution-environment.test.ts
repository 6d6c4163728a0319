import { Kernel } from '../../../simulator/kernel/kernel';
import { Network } from '../../../simulator/network/network';
import { Bundle } from '../../../simulator/runtime/bundle';
import { ExecutionEnvironment } from '../../../simulator/runtime/execution-environment';

function createEnvironment(
  kernel: Kernel,
  code: string,
  name = 'test',
  hasOwnRealms = false,
): { environment: ExecutionEnvironment; lines: string[] } {
  const lines: string[] = [];
  const environment = new ExecutionEnvironment({
    kernel,
    network: new Network(kernel),
    region: 'us-east-1',
    bundle: new Bundle(code, hasOwnRealms),
    handlerName: 'handler',
    functionName: 'function',
    environmentVariables: { GREETING: 'hello' },
    name,
    onLogLine: (line) => lines.push(line),
  });
  return { environment, lines };
}

async function run(code: string, seed = 1): Promise<unknown> {
  const kernel = new Kernel({ seed });
  const { environment } = createEnvironment(kernel, code);
  return invoke(kernel, environment);
}

async function invoke(kernel: Kernel, environment: ExecutionEnvironment, event: unknown = {}): Promise<unknown> {
  let outcome: unknown = 'pending';
  kernel.after(0, () => {
    environment.invoke(event, {}, (result, error) => {
      outcome = error ?? result;
      environment.freeze();
    });
  });
  await kernel.runUntil(kernel.nowUs + 60_000_000);
  return outcome;
}

describe('An execution environment', () => {
  it('keeps the module state between invocations and gives each environment its own', async () => {
    const kernel = new Kernel({ seed: 1 });
    const code = 'let count = 0; exports.handler = async () => ++count;';
    const first = createEnvironment(kernel, code, 'first').environment;
    const second = createEnvironment(kernel, code, 'second').environment;

    expect([await invoke(kernel, first), await invoke(kernel, first), await invoke(kernel, second)]).toEqual([1, 2, 1]);
  });

  it.each([
    [true, 'not told', undefined],
    [false, 'told', 'by the first'],
  ])('with own realms %p is %s what another has done to a built-in object', async (hasOwnRealms, _told, expected) => {
    const kernel = new Kernel({ seed: 1 });
    const code = `exports.handler = async ({ mark }) => {
      if (mark) Object.mark = mark;
      return { found: Object.mark };
    };`;
    const first = createEnvironment(kernel, code, 'first', hasOwnRealms).environment;
    const second = createEnvironment(kernel, code, 'second', hasOwnRealms).environment;

    await invoke(kernel, first, { mark: 'by the first' });
    const found = (await invoke(kernel, second)) as { found: unknown };
    delete (Object as { mark?: string }).mark;

    expect(found.found).toBe(expected);
  });

  it('reads virtual time in every way code can ask for it', async () => {
    const clocks = await run(`exports.handler = async () => {
      const before = [Date.now(), new Date().getTime(), performance.now(), process.hrtime.bigint()];
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const after = [Date.now(), new Date().getTime(), performance.now(), process.hrtime.bigint()];
      return after.map((value, index) => Number(value - before[index]));
    };`);

    expect(clocks).toEqual([1500, 1500, 1500, 1_500_000_000]);
  });

  it('draws chance from its own stream in every way code can ask for it', async () => {
    const code = `exports.handler = async () => [Math.random(), crypto.randomUUID(),
      require('node:crypto').randomBytes(4).toString('hex'), require('crypto').randomInt(1000),
      crypto.getRandomValues(new Uint8Array(2)).join()];`;

    expect(await run(code, 1)).toEqual(await run(code, 1));
    expect(await run(code, 1)).not.toEqual(await run(code, 2));
  });

  it('freezes timers between invocations and lets them go on with the next', async () => {
    const kernel = new Kernel({ seed: 1 });
    const { environment } = createEnvironment(
      kernel,
      `let fired = 0; let started = false;
      exports.handler = async (event) => {
        if (!started) { started = true; setTimeout(() => fired++, 100); }
        if (event.wait) await new Promise((resolve) => setTimeout(resolve, event.wait));
        return fired;
      };`,
    );

    expect(await invoke(kernel, environment)).toBe(0);
    expect(await invoke(kernel, environment, { wait: 50 })).toBe(0);
    expect(await invoke(kernel, environment, { wait: 80 })).toBe(1);
  });

  it('never speaks again once it is discarded', async () => {
    const kernel = new Kernel({ seed: 1 });
    const { environment } = createEnvironment(
      kernel,
      'exports.handler = async () => new Promise((resolve) => setTimeout(resolve, 1000));',
    );
    let isSettled = false;
    environment.invoke({}, {}, () => (isSettled = true));
    environment.discard();

    await kernel.runUntil(10_000_000);

    expect(isSettled).toBe(false);
  });

  it('sends what code prints to the log, whichever way it prints', async () => {
    const kernel = new Kernel({ seed: 1 });
    const { environment, lines } = createEnvironment(
      kernel,
      `const { Console } = require('node:console');
      exports.handler = async () => {
        console.log('plain', { a: 1 });
        process.stdout.write('written\\n');
        new Console({ stdout: process.stdout, stderr: process.stderr }).error('by Console');
        return process.env.GREETING;
      };`,
    );

    expect(await invoke(kernel, environment)).toBe('hello');
    expect(lines).toEqual(['plain { a: 1 }', 'written', 'by Console']);
  });

  it('lets a value be a date whoever made it', async () => {
    expect(
      await run(
        'exports.handler = async () => [new Date(5) instanceof Date, new Date(5).getTime(), Date.UTC(2026, 0)];',
      ),
    ).toEqual([true, 5, Date.UTC(2026, 0)]);
  });

  it.each([
    ['a module that is not modelled', "require('node:cluster')", 'Module cluster'],
    ['a refused member', "require('node:child_process').exec('ls')", 'child_process.exec'],
    ['fetch', "fetch('https://example.com')", 'fetch'],
    ['an unknown member of process', 'process.abort()', 'process.abort'],
    ['subtle', "crypto.subtle.digest('SHA-256', new Uint8Array())", 'crypto.subtle.digest'],
  ])('ends the run by name when code uses %s, even if it swallows the error', async (_name, expression, what) => {
    await expect(run(`exports.handler = async () => { try { ${expression}; } catch {} };`)).rejects.toThrow(
      `${what} is not modelled`,
    );
  });

  it('finds no configuration of the host', async () => {
    expect(
      await run(
        "exports.handler = () => require('node:fs').promises.readFile('/home/user/.aws/config').catch((e) => e.code);",
      ),
    ).toBe('ENOENT');
  });
});
