import { toControlItem } from '../../lambdas/shared/regulation/control-item';
import { clearShed, setShed, shedStatus, type SetShedRequest } from '../../operations';
import { PRIMARY, STANDBY, SwitchWorld } from './switch-world';

let world: SwitchWorld;
beforeEach(() => void (world = new SwitchWorld()));

const request = (changes: Partial<SetShedRequest> = {}): SetShedRequest => ({
  platform: world.platform,
  deployment: world.deployment,
  region: PRIMARY,
  open: [1, 0.5, 0],
  minutes: 15,
  reason: 'The provider is slow.',
  isConfirmed: true,
  ...changes,
});

const COUNTED = { name: 'regulation', tick: 7, p0: 3 };
/** The regulator is under pressure and has opened the classes so far. */
const pressed = (open: readonly number[]): void =>
  world.put(PRIMARY, {
    ...COUNTED,
    pressedUntil: world.nowMs + 10_000,
    state: JSON.stringify({ open, backlog: [0, 4, 2] }),
  });
const overrideIn = (region: string) => {
  const text = world.item(region, 'regulation')?.['override'];
  return text === undefined ? undefined : toControlItem({ override: { S: String(text) } }).override;
};
const said = (): string => world.said.join('\n');

describe('Overriding the regulator of a region', () => {
  it('sets what the functions read, in that region alone, and leaves what they count', async () => {
    world.put(PRIMARY, COUNTED);

    await expect(setShed(request())).resolves.toBe('done');

    const until = world.nowMs + 15 * 60_000;
    expect(overrideIn(PRIMARY)).toEqual({ open: [1, 0.5, 0], until, reason: 'The provider is slow.' });
    expect(world.item(PRIMARY, 'regulation')).toMatchObject(COUNTED);
    expect(overrideIn(STANDBY)).toBeUndefined();
    expect(said()).toContain('checkout 50 %, import 0 %');
  });

  it('says what it will do before it asks, and changes nothing when the person says no', async () => {
    world.answersYes = false;

    await expect(setShed(request({ isConfirmed: false }))).resolves.toBe('refused');
    expect(world.questions).toEqual(['Go on?']);
    expect(said()).toMatch(/for 15 min: open will be checkout of a priority plan 100 %[\s\S]*Nothing was changed\./);
    expect(overrideIn(PRIMARY)).toBeUndefined();
  });

  it.each([
    ['it would admit nothing at all', () => undefined, [0, 0, 0] as const, 'tandem switch evacuate us-east-1'],
    ['it would open what is shed', () => pressed([1, 0.4, 0]), [1, 0.8, 0] as const, 'has opened checkout to 40 %'],
  ])('is refused when %s, unless it is forced', async (_, given, open, sentence) => {
    given();

    await expect(setShed(request({ open }))).resolves.toBe('refused');
    expect(said()).toContain(`Refused: `);
    expect(said()).toContain(sentence);
    expect(overrideIn(PRIMARY)).toBeUndefined();

    await expect(setShed(request({ open, isForced: true }))).resolves.toBe('done');
    expect(overrideIn(PRIMARY)?.open).toEqual(open);
  });

  it('may close more than the regulator has', async () => {
    pressed([1, 0.4, 0]);

    await expect(setShed(request({ open: [1, 0.1, 0] }))).resolves.toBe('done');
  });

  it('is refused when the region does not answer, forced or not', async () => {
    world.unreachable.add(PRIMARY);

    await expect(setShed(request({ isForced: true }))).resolves.toBe('refused');
    expect(said()).toContain('does not answer');
  });

  it('has failed, and says what is unknown, when the table takes no write', async () => {
    world.readOnly.add(PRIMARY);

    await expect(setShed(request())).resolves.toBe('failed');
    expect(said()).toContain('Whether it holds is not known');
  });
});

describe('Giving a region back to its regulator', () => {
  it('takes the override away and leaves the rest', async () => {
    world.put(PRIMARY, COUNTED);
    await setShed(request());

    await expect(clearShed(request())).resolves.toBe('done');
    expect(world.item(PRIMARY, 'regulation')).toEqual(COUNTED);
  });

  it('has nothing to do where there is none, or it has expired', async () => {
    await expect(clearShed(request())).resolves.toBe('nothing-to-do');

    await setShed(request({ minutes: 1 }));
    world.nowMs += 60_000;

    await expect(clearShed(request())).resolves.toBe('nothing-to-do');
  });
});

describe('The status', () => {
  it('tells of calm, of pressure and of an override, and how long it holds', async () => {
    pressed([1, 0.4, 0]);
    await setShed(request({ open: [1, 0.2, 0] }));
    world.said.length = 0;
    world.nowMs += 61_000;
    pressed([1, 0.4, 0]);
    await setShed(request({ open: [1, 0.2, 0] }));
    world.said.length = 0;

    await expect(shedStatus(world.platform, world.deployment)).resolves.toBe(true);
    expect(world.said).toEqual([
      'us-west-2: calm, everything is open; payment breaker closed',
      'us-east-1: under pressure, open are checkout of a priority plan 100 %, checkout 40 %, import 0 %; 6 orders wait; payment breaker closed',
      'us-east-1: OVERRIDDEN until 2030-01-01T12:16:01.000Z (15 min): open are checkout of a priority plan 100 %, checkout 20 %, import 0 %. The provider is slow.',
    ]);
  });

  it('tells what tokens let in, where cohorts are opened farther: an override has no tokens', async () => {
    const state = { open: [1, 0.5, 0], credits: [8, 4, 0], demand: [2, 10, 6], backlog: [0, 4, 2] };
    world.put(PRIMARY, { ...COUNTED, pressedUntil: world.nowMs + 10_000, state: JSON.stringify(state) });

    await shedStatus(world.platform, world.deployment);

    expect(said()).toContain(' 100 %, checkout 40 %, import 0 %');
  });

  it('is not known while a region does not answer', async () => {
    world.unreachable.add(STANDBY);

    await expect(shedStatus(world.platform, world.deployment)).resolves.toBe(false);
    expect(said()).toContain('us-west-2: does not answer');
  });

  it('takes what makes no sense for nothing', async () => {
    world.put(PRIMARY, {
      name: 'regulation',
      override: '{"open":[1],"until":"soon"}',
      state: '{',
      pressedUntil: Infinity,
    });

    await expect(shedStatus(world.platform, world.deployment)).resolves.toBe(true);
    expect(said()).toContain('us-east-1: calm');
  });
});
