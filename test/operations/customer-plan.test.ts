import { parseDeployment, setPlan, showPlan, type PlanPlatform } from '../../operations';
import { outputs, PRIMARY, STANDBY } from './switch-world';

const deployment = parseDeployment(outputs());

/** Two replicas of the table of plans, in virtual time. */
class PlanWorld {
  nowMs = 0;
  readonly plans = new Map<string, string>();
  readonly unreachable = new Set<string>();
  replicationMs = 1_000;
  readonly writes: { readonly region: string; readonly item: object }[] = [];
  readonly said: string[] = [];
  private arrivesAtMs = Infinity;

  readonly platform: PlanPlatform = {
    now: () => this.nowMs,
    sleep: async (durationMs) => void (this.nowMs += durationMs),
    readItem: async ({ region, tableName }) => {
      if (this.unreachable.has(region)) throw new Error('TimeoutError');
      if (tableName !== 'tandem-sandbox-customer-plans') throw new Error(`${tableName} is not to be read.`);
      const isBehind = region !== PRIMARY && this.nowMs < this.arrivesAtMs;
      const plan = isBehind ? undefined : this.plans.get(PRIMARY);
      return plan === undefined ? undefined : { customerId: 'customer-1', plan };
    },
    writeItem: async ({ region }, item) => {
      if (this.unreachable.has(region)) throw new Error('TimeoutError');
      this.writes.push({ region, item });
      this.plans.set(region, String(item['plan']));
      this.arrivesAtMs = this.nowMs + this.replicationMs;
    },
    say: (line) => void this.said.push(line),
  };
}

let world: PlanWorld;
beforeEach(() => void (world = new PlanWorld()));

const set = () => setPlan({ platform: world.platform, deployment, customerId: 'customer-1', plan: 'priority' });
const show = () => showPlan({ platform: world.platform, deployment, customerId: 'customer-1' });

describe('Setting a plan', () => {
  it('writes it in the writer region and waits until the other one has it', async () => {
    await expect(set()).resolves.toBe('done');

    const item = { customerId: 'customer-1', plan: 'priority', changedAt: 0 };
    expect(world.writes).toEqual([{ region: PRIMARY, item }]);
    expect(world.said.at(-1)).toBe('us-west-2 has it after 1 s, and its functions within 60 s more.');
  });

  it('is done, and says what is old, while replication is paused', async () => {
    world.replicationMs = Infinity;

    await expect(set()).resolves.toBe('done');
    expect(world.said.at(-1)).toContain('us-west-2 still has standard after 20 s');
  });

  it('writes nowhere else when the writer region does not answer', async () => {
    world.unreachable.add(PRIMARY);

    await expect(set()).resolves.toBe('failed');
    expect(world.writes).toEqual([]);
    expect(world.said.join(' ')).toContain('Plans are written there and nowhere else.');
  });

  it('is done when the other region does not answer', async () => {
    world.unreachable.add(STANDBY);

    await expect(set()).resolves.toBe('done');
    expect(world.said.at(-1)).toContain('us-west-2 does not answer');
  });
});

describe('Showing a plan', () => {
  it('tells what each region believes, and the default where nobody has given one', async () => {
    await expect(show()).resolves.toBe('done');
    expect(world.said).toEqual(['us-west-2: standard', 'us-east-1: standard']);
  });

  it('says that a region does not answer, and fails', async () => {
    world.unreachable.add(STANDBY);

    await expect(show()).resolves.toBe('failed');
    expect(world.said).toEqual(['us-west-2: does not answer', 'us-east-1: standard']);
  });
});
