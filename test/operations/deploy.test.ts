import { parseConfiguration } from '../../blueprint/configuration';
import cdkJson from '../../cdk.json';
import { deploy, destroy, leftovers, parseDeployment, type AlarmState, type DeployPlatform } from '../../operations';
import { outputs } from './switch-world';
import { assemblyOf } from './synthesized-assembly';

const FULL = { 'tandem:stage': 'full', 'tandem:healthPath': 'test-5c9b7a61d84e3520' };
const ORDER = [
  'Data',
  'Witness',
  'Service-us-west-2',
  'Service-us-east-1',
  'Routing',
  'Observer',
  'Observability-us-west-2',
  'Observability-us-east-1',
  'Observability-witness',
  'Observability-routing',
];

/** A world in which everything works, and what was done to it. */
class World implements DeployPlatform {
  readonly commands: string[][] = [];
  readonly said: string[] = [];
  readonly asked: string[] = [];
  answer = true;
  order = 'CONFIRMED';
  ready: (host: string) => number | undefined = () => 200;
  fails: (command: string) => boolean = () => false;
  /** What CloudWatch says after so many milliseconds, of each region. */
  alarmsAt: (ms: number, region: string) => readonly AlarmState[] = (_, region) => [
    { name: 'tandem-sandbox-throttles', region, state: 'OK' },
  ];
  private nowMs = 0;

  now = (): number => this.nowMs;
  sleep = async (durationMs: number): Promise<void> => void (this.nowMs += durationMs);
  run = async (command: readonly string[]): Promise<number> => {
    this.commands.push([...command]);
    return this.fails(command.join(' ')) ? 1 : 0;
  };
  alarms = async (region: string): Promise<readonly AlarmState[]> => this.alarmsAt(this.nowMs, region);
  collectOutputs = (files: readonly string[], into: string): void =>
    void this.said.push(`${files.length} files into ${into}`);
  readDeployment = () => parseDeployment(outputs());
  httpStatus = async (host: string): Promise<number | undefined> => this.ready(host);
  placeOrder = async (): Promise<string> => this.order;
  ask = async (question: string): Promise<boolean> => {
    this.asked.push(question);
    return this.answer;
  };
  say = (line: string): void => void this.said.push(line);

  /** The verb of CDK and its stack, without the name's beginning. */
  get steps(): string[] {
    return this.commands.map(([, , verb, stack]) => `${verb} ${stack?.replace(/^Tandem-(sandbox|full)-/, '') ?? ''}`);
  }
  get text(): string {
    return this.said.join('\n');
  }
}

const request = (platform: World, changes: Readonly<Record<string, string>> = {}, isConfirmed = false) => ({
  platform,
  assembly: assemblyOf(changes),
  configuration: parseConfiguration({ ...cdkJson.context, ...changes }),
  bakeMinutes: 10,
  isConfirmed,
});

describe('tandem deploy', () => {
  test('shows the difference, asks, and deploys the region that serves nobody before the other', async () => {
    const world = new World();
    expect(await deploy(request(world))).toBe('done');

    expect(world.steps).toEqual(['diff --app', ...ORDER.map((stack) => `deploy ${stack}`)]);
    expect(world.asked).toEqual(['Deploy what is shown above?']);
    expect(world.text).toContain('10 files into tandem-outputs.json');
    expect(world.text).toContain('The smoke test has passed');
  });

  test('deploys the folder that the difference was made from, one stack at a time', async () => {
    const world = new World();
    const { assembly } = request(world);
    await deploy(request(world));

    const folders = world.commands.map((command) => command[command.indexOf('--app') + 1]);
    expect(new Set(folders)).toEqual(new Set([assembly.directory]));
    expect(world.commands[1]!.join(' ')).toBe(
      `npx cdk deploy Tandem-sandbox-Data --app ${assembly.directory} --exclusively --require-approval never --outputs-file ${assembly.directory}/outputs-Tandem-sandbox-Data.json`,
    );
  });

  test.each([
    ['a person says no', (world: World) => (world.answer = false), ['diff --app'], 'Nothing was changed.'],
    [
      'the difference cannot be shown',
      (world: World) => (world.fails = (each) => each.includes(' diff ')),
      ['diff --app'],
      'nothing was deployed',
    ],
  ])('changes nothing when %s', async (_, arrange, steps, text) => {
    const world = new World();
    arrange(world);
    expect(await deploy(request(world))).toBe('refused');
    expect(world.steps).toEqual(steps);
    expect(world.text).toContain(text);
  });

  test('does not ask for a sandbox when it was told so, and asks all the same for customers', async () => {
    const [sandbox, full] = [new World(), new World()];
    await deploy(request(sandbox, {}, true));
    await deploy(request(full, FULL, true));
    expect(sandbox.asked).toEqual([]);
    expect(full.asked).toEqual(['Deploy what is shown above?']);
    expect(full.text).toContain('--yes is for a sandbox');
  });

  test('stops at the first stack that cannot be deployed, and says how to go back', async () => {
    const world = new World();
    world.fails = (command) => command.includes('deploy Tandem-sandbox-Service-us-west-2');
    expect(await deploy(request(world))).toBe('stopped');
    expect(world.steps.at(-1)).toBe('deploy Service-us-west-2');
    expect(world.text).toMatch(/Service-us-west-2 could not be deployed[\s\S]*git checkout the version before/);
    expect(world.text).toContain('switch evacuate REGION');
  });

  test('stops before the region with customers when an alarm fires after the other one', async () => {
    const world = new World();
    world.alarmsAt = (ms, region) => [
      { name: 'tandem-sandbox-orders-at-risk', region, state: ms > 300_000 && region === 'us-west-2' ? 'ALARM' : 'OK' },
    ];
    expect(await deploy(request(world))).toBe('stopped');
    expect(world.steps.at(-1)).toBe('deploy Service-us-west-2');
    expect(world.text).toContain('tandem-sandbox-orders-at-risk in us-west-2 fired');
  });

  test('watches ten minutes after each serving region, and no alarm stops it that was on before or declares maintenance', async () => {
    const world = new World();
    world.alarmsAt = (ms, region) => [
      { name: 'tandem-sandbox-replication-lag', region, state: 'ALARM' },
      { name: 'tandem-sandbox-maintenance', region, state: ms > 60_000 ? 'ALARM' : 'OK' },
    ];
    expect(await deploy(request(world))).toBe('done');
    expect(world.now()).toBe(2 * 600_000);
  });

  test('does not wait where there is no alarm yet', async () => {
    const world = new World();
    world.alarmsAt = () => [];
    expect(await deploy(request(world))).toBe('done');
    expect(world.now()).toBe(0);
    expect(world.text).toContain('There is no alarm yet');
  });

  test('stops when nobody can watch, but not for one question that is not answered', async () => {
    const throttled = new World();
    let questions = 0;
    throttled.alarmsAt = (_, region) => {
      if (++questions % 7 === 0) throw new Error('Rate exceeded');
      return [{ name: 'tandem-sandbox-throttles', region, state: 'OK' }];
    };
    expect(await deploy(request(throttled))).toBe('done');

    const blind = new World();
    blind.alarmsAt = () => {
      throw new Error('AccessDenied');
    };
    expect(await deploy(request(blind))).toBe('stopped');
    expect(blind.text).toContain('CloudWatch does not say how it is');
  });

  test.each([
    [
      'a region that is not ready',
      (world: World) => (world.ready = (host) => (host.includes('us-west-2') ? 503 : 200)),
      'us-west-2 answers 503',
    ],
    ['a region that is silent', (world: World) => (world.ready = () => undefined), 'answers nothing'],
    ['an order that expires', (world: World) => (world.order = 'EXPIRED'), 'ended as EXPIRED'],
    ['a caller that is not trusted', (world: World) => (world.order = '403 {}'), 'ended as 403'],
  ])('ends with a smoke test that finds %s', async (_, arrange, text) => {
    const world = new World();
    arrange(world);
    expect(await deploy(request(world))).toBe('stopped');
    expect(world.text).toContain(text);
  });

  test('leaves the order to a person where callers need tokens', async () => {
    const world = new World();
    world.order = 'never asked';
    const tokens = { 'tandem:jwtIssuer': 'https://issuer.example', 'tandem:jwtAudience': 'orders' };
    expect(await deploy(request(world, tokens))).toBe('done');
    expect(world.text).toContain('place an order yourself');
  });
});

describe('tandem destroy', () => {
  test('says what stays, asks, and deletes the other way round', async () => {
    const world = new World();
    expect(await destroy(request(world))).toBe('done');
    expect(world.steps).toEqual(ORDER.toReversed().map((stack) => `destroy ${stack}`));
    expect(world.commands[0]!.slice(-2)).toEqual(['--exclusively', '--force']);
    expect(world.asked).toEqual(['Delete them?']);
    expect(world.said.findIndex((line) => line.startsWith('Stays:'))).toBeLessThan(
      world.said.indexOf('Every stack is gone. What stays is listed above.'),
    );
  });

  test('changes nothing without a yes, for customers even when it was told not to ask', async () => {
    const world = new World();
    world.answer = false;
    expect(await destroy(request(world, FULL, true))).toBe('refused');
    expect(world.commands).toEqual([]);
    expect(world.text).toContain('customers may be using it');
  });

  test('stops at the first stack that stays', async () => {
    const world = new World();
    world.fails = (command) => command.includes('Routing');
    expect(await destroy(request(world))).toBe('stopped');
    expect(world.steps.at(-1)).toBe('destroy Routing');
    expect(world.text).toContain('describe-stack-events --stack-name Tandem-sandbox-Routing --region us-east-1');
  });

  test('lists what is kept: in a sandbox nothing of ours, in stage full tables in each region and logs', () => {
    const DOMAIN = {
      'tandem:domainName': 'orders.example.com',
      'tandem:zoneName': 'example.com',
      'tandem:hostedZoneId': 'Z0123456789ABCDEFGHIJ',
    };
    const sandbox = leftovers(assemblyOf());
    const full = leftovers(assemblyOf({ ...FULL, ...DOMAIN }));
    expect(sandbox.filter((line) => /table tandem|log group/.test(line))).toEqual([]);
    expect(sandbox).toHaveLength(4);
    for (const what of [
      'table tandem-full-orders in us-west-2',
      'log group /aws/lambda/tandem-full-intake in us-east-1',
      'ACM',
    ]) {
      expect(full.some((line) => line.includes(what))).toBe(true);
    }
  });
});
