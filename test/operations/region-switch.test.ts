import { evacuate, failBack, switchStatus, type SwitchRequest } from '../../operations';
import { PRIMARY, STANDBY, SwitchWorld } from './switch-world';

const KEY = `evacuation#${PRIMARY}`;

const request = (world: SwitchWorld, changes: Partial<SwitchRequest> = {}): SwitchRequest => ({
  platform: world.platform,
  deployment: world.deployment,
  region: PRIMARY,
  isConfirmed: true,
  ...changes,
});

const positions = (world: SwitchWorld) =>
  world.writes.map(({ region, item }) => [region, item['name'], item['evacuated']]);
const refusals = (world: SwitchWorld) => world.said.filter((line) => line.startsWith('Refused: '));

describe('Evacuating a region', () => {
  it('sets the switch in the other region first, then the latch, and waits until DNS has moved', async () => {
    const world = new SwitchWorld();

    const outcome = await evacuate(request(world));

    expect(outcome).toBe('done');
    expect(positions(world)).toEqual([
      [STANDBY, KEY, true],
      [PRIMARY, KEY, true],
    ]);
    expect(world.writes[0]!.item['changedAt']).toBe(Date.UTC(2030, 0, 1, 12));
    expect(world.said).toContain('DNS answers us-west-2 after 30 s. Callers follow within the TTL.');
  });

  it('tells what it sees before and after', async () => {
    const world = new SwitchWorld();

    await evacuate(request(world));

    const seen = (start: string) =>
      world.said.filter((line) => line.startsWith(start)).map((line) => line.split(/  +/));
    const regions = [STANDBY, PRIMARY];
    expect(seen('  ').map((cells) => cells.slice(1))).toEqual([regions, regions]);
    expect(seen('ready')).toEqual([
      ['ready', '200 ready', '200 ready'],
      ['ready', '200 ready', '503 evacuated'],
    ]);
    expect(seen('evacuated, says')).toEqual([
      ['evacuated, says the other', 'no (404)', 'no (404)'],
      ['evacuated, says the other', 'no (404)', 'yes (200)'],
    ]);
    expect(seen('switch, in')[1]![2]).toBe('set since 2030-01-01T12:00:00.000Z');
    expect(world.said.filter((line) => line.startsWith('DNS answers us-') && line.includes(' for '))).toEqual([
      'DNS answers us-east-1 for api.tandem.example',
      'DNS answers us-west-2 for api.tandem.example',
    ]);
  });

  it('needs nothing of a region that is gone, and says that the latch is not set', async () => {
    const world = new SwitchWorld();
    world.unreachable.add(PRIMARY);

    const outcome = await evacuate(request(world));

    expect(outcome).toBe('done');
    expect(positions(world)).toEqual([[STANDBY, KEY, true]]);
    expect(world.said.join('\n')).toContain('The latch is not set; the switch alone suffices.');
  });

  it('sets only what is missing when it is run again, and rests on no guard then', async () => {
    const world = new SwitchWorld();
    world.unreachable.add(PRIMARY);
    await evacuate(request(world));
    world.unreachable.clear();

    expect(await evacuate(request(world))).toBe('done');
    expect(await evacuate(request(world))).toBe('nothing-to-do');

    expect(positions(world).filter(([region]) => region === PRIMARY)).toEqual([[PRIMARY, KEY, true]]);
  });

  it('says what it will do and asks, and changes nothing without a yes', async () => {
    const world = new SwitchWorld();
    world.answersYes = false;

    const outcome = await evacuate(request(world, { isConfirmed: false }));

    expect(outcome).toBe('refused');
    expect(world.questions).toEqual(['Go on?']);
    expect(world.said).toContain(`1. Set the switch: ${KEY} in tandem-sandbox-regional-state of ${STANDBY}.`);
    expect(world.writes).toEqual([]);
  });

  it.each<[string, (world: SwitchWorld) => void, string]>([
    ['is not ready', (world) => world.sick.add(STANDBY), 'us-west-2 is not ready (503 dependency-down)'],
    ['does not answer', (world) => world.unreachable.add(STANDBY), 'us-west-2 is not ready (no answer)'],
    ['is itself evacuated', (world) => world.evacuatedSince(STANDBY, 60), 'us-west-2 is itself evacuated'],
  ])('is refused when the other region %s, whatever the reason', async (_what, breaks, sentence) => {
    const world = new SwitchWorld();
    breaks(world);

    const outcome = await evacuate(request(world, { forceReason: 'I insist' }));

    expect(outcome).toBe('refused');
    expect(refusals(world).join('\n')).toContain(sentence);
    expect(world.writes).toEqual([]);
  });

  it.each<[string, (world: SwitchWorld) => void, string]>([
    [
      'is behind with its work',
      (world) => (world.messages[STANDBY] = 61),
      '61 messages waiting, and its workers decide 60',
    ],
    [
      'was moved a moment ago',
      (world) => world.put(STANDBY, justCleared(world)),
      'moved 2.0 min ago, and rests for 10 min',
    ],
  ])('is refused when it %s, unless a person gives a reason', async (_what, breaks, sentence) => {
    const world = new SwitchWorld();
    breaks(world);

    expect(await evacuate(request(world))).toBe('refused');
    expect(refusals(world)).toEqual([expect.stringContaining(sentence)]);
    expect(world.writes).toEqual([]);

    expect(await evacuate(request(world, { forceReason: 'the primary corrupts data' }))).toBe('done');
    expect(world.said).toContainEqual(expect.stringMatching(/^Overruled \(the primary corrupts data\): /));
    expect(world.writes[0]!.item['reason']).toBe('the primary corrupts data');
  });

  it('has failed when the switch was not written, and touches nothing else', async () => {
    const world = new SwitchWorld();
    world.readOnly.add(STANDBY);

    expect(await evacuate(request(world))).toBe('failed');
    expect(world.writes).toEqual([]);
  });

  it('has failed when DNS does not follow', async () => {
    const world = new SwitchWorld();
    world.isDnsStuck = true;

    expect(await evacuate(request(world))).toBe('failed');
    expect(world.said.at(-1)).toContain('DNS still answers us-east-1');
  });

  it('does not depend on a DNS that answers nobody', async () => {
    const world = new SwitchWorld();
    world.isDnsSilent = true;

    expect(await evacuate(request(world))).toBe('done');
    expect(world.said.at(-1)).toBe('DNS answers nothing for api.tandem.example');
  });
});

const justCleared = (world: SwitchWorld) => ({ name: KEY, evacuated: false, changedAt: world.nowMs - 120_000 });

describe('Failing back', () => {
  function evacuatedWorld(minutesAgo = 60): SwitchWorld {
    const world = new SwitchWorld();
    world.evacuatedSince(PRIMARY, minutesAgo);
    return world;
  }

  it('clears the latch first, and the switch only when the region says that it is ready', async () => {
    const world = evacuatedWorld();

    const outcome = await failBack(request(world));

    expect(outcome).toBe('done');
    expect(positions(world)).toEqual([
      [PRIMARY, KEY, false],
      [STANDBY, KEY, false],
    ]);
    expect(world.said.join('\n')).toContain('DNS answers us-east-1 after');
  });

  it('leaves the switch set when the region does not become ready, and goes on from there later', async () => {
    const world = evacuatedWorld();
    const { writeItem } = world.platform;
    const platform = {
      ...world.platform,
      writeItem: async (...args: Parameters<typeof writeItem>) => {
        await writeItem(...args);
        world.sick.add(PRIMARY);
      },
    };

    expect(await failBack(request(world, { platform }))).toBe('failed');
    expect(positions(world)).toEqual([[PRIMARY, KEY, false]]);
    expect(world.said.at(-1)).toContain('the switch stays set');

    world.sick.clear();
    expect(await failBack(request(world))).toBe('done');
    expect(positions(world).at(-1)).toEqual([STANDBY, KEY, false]);
  });

  it('has nothing to do for a region that is not evacuated', async () => {
    const world = new SwitchWorld();
    expect(await failBack(request(world))).toBe('nothing-to-do');
    expect(world.writes).toEqual([]);
  });

  it.each<[string, (world: SwitchWorld) => void, string]>([
    ['is not well', (world) => world.sick.add(PRIMARY), 'us-east-1 is not well (503 dependency-down)'],
    ['does not answer', (world) => world.unreachable.add(PRIMARY), 'us-east-1 is not well (no answer)'],
  ])('is refused when the region %s, whatever the reason', async (_what, breaks, sentence) => {
    const world = evacuatedWorld();
    breaks(world);

    expect(await failBack(request(world, { forceReason: 'I insist' }))).toBe('refused');
    expect(refusals(world).join('\n')).toContain(sentence);
    expect(world.writes).toEqual([]);
  });

  it.each<[string, () => SwitchWorld, string]>([
    ['the evacuation is fresh', () => evacuatedWorld(5), 'moved 5.0 min ago'],
    [
      'replication has not caught up',
      () => {
        const world = evacuatedWorld();
        world.lastBeat[STANDBY] = world.nowMs - 300_000;
        return world;
      },
      'us-east-1 last heard us-west-2 300 s ago, and 120 s is the most',
    ],
  ])('is refused when %s, unless a person gives a reason', async (_what, create, sentence) => {
    const world = create();

    expect(await failBack(request(world))).toBe('refused');
    expect(refusals(world)).toEqual([expect.stringContaining(sentence)]);
    expect(await failBack(request(world, { forceReason: 'a drill' }))).toBe('done');
  });

  it('lets nobody evacuate the region again at once', async () => {
    const world = evacuatedWorld();
    await failBack(request(world));
    expect(await evacuate(request(world))).toBe('refused');
  });
});

describe('The status', () => {
  it('changes nothing and says what it does not know', async () => {
    const world = new SwitchWorld();
    world.unreachable.add(PRIMARY);

    const view = await switchStatus(world.platform, world.deployment);

    expect(view.regions.find(({ region }) => region === PRIMARY)).toMatchObject({
      ready: 'unknown',
      switchStatus: 404,
      switchItem: undefined,
      latchItem: 'unknown',
      messagesWaiting: 'unknown',
    });
    expect(world.writes).toEqual([]);
    expect(world.said.filter((line) => line.startsWith('Unknown: '))).toEqual([
      'Unknown: tandem-sandbox-orders of us-east-1: TimeoutError',
      'Unknown: tandem-sandbox-regional-state of us-east-1: TimeoutError',
      'Unknown: work queue of us-east-1: TimeoutError',
    ]);
  });
});
