import { resolve } from 'node:path';
import { prepareFlight, type FlightPlan } from '../../gamedays/fly';
import { SimulatedTarget } from '../../gamedays/targets/simulated-target';
import { evacuate, failBack, type SwitchOutcome, type SwitchPlatform, type SwitchRequest } from '../../operations';

const PRIMARY = 'us-east-1';
const STANDBY = 'us-west-2';
const TEST_TIMEOUT_MS = 120_000;

let plan: FlightPlan;
beforeAll(async () => {
  plan = await prepareFlight(resolve(__dirname, '../..'), {});
}, TEST_TIMEOUT_MS);

/** The synthesized system in virtual time, and an operator who has the deployment's outputs. */
class Drill {
  readonly target = new SimulatedTarget({ ...plan, seed: 1, warmUpSeconds: 180 });
  readonly said: string[] = [];
  private readonly platform: SwitchPlatform = {
    ...this.target.switchPlatform,
    say: (line) => this.said.push(line),
  };

  async advance(seconds: number): Promise<void> {
    await this.target.advanceTo(this.target.nowSeconds() + seconds);
  }

  /** Runs a command to its end. @returns its outcome and how long it took in virtual seconds */
  async run(
    command: (request: SwitchRequest) => Promise<SwitchOutcome>,
    options: Partial<SwitchRequest> = {},
  ): Promise<{ outcome: SwitchOutcome; tookSeconds: number }> {
    const startSeconds = this.target.nowSeconds();
    const ended: SwitchOutcome[] = [];
    const { platform } = this;
    const { deployment } = this.target;
    const running = command({ platform, deployment, region: PRIMARY, isConfirmed: true, ...options });
    running.then(
      (outcome) => ended.push(outcome),
      (error: unknown) => this.target.fail(error),
    );
    while (ended.length === 0) await this.advance(1);
    return { outcome: ended[0]!, tookSeconds: this.target.nowSeconds() - startSeconds };
  }

  dns(): string | undefined {
    return this.target.cloud.route53.answer(`_region.${this.target.serviceName}`, 'TXT').values[0];
  }
}

describe("The switch in the embedded cloud, by the deployment's own outputs and the permissions of the runbook", () => {
  it(
    'moves DNS within 45 s and back, and nothing else moves it',
    async () => {
      const drill = new Drill();
      await drill.advance(180);
      expect(drill.dns()).toBe(PRIMARY);

      const left = await drill.run(evacuate);
      expect(left.outcome).toBe('done');
      expect(left.tookSeconds).toBeLessThan(45);
      expect(drill.dns()).toBe(STANDBY);

      await drill.advance(660);
      expect(drill.dns()).toBe(STANDBY);

      const back = await drill.run(failBack);
      expect(back.outcome).toBe('done');
      expect(back.tookSeconds).toBeLessThan(60);
      expect(drill.dns()).toBe(PRIMARY);
      expect(drill.target.record().accessDenials).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'keeps a lost region out when it comes back, until a person takes it back',
    async () => {
      const drill = new Drill();
      await drill.advance(180);
      const loss = { fault: 'isolate-region', region: 'primary', fromSeconds: 0, toSeconds: 1 } as const;
      drill.target.apply(loss);

      const left = await drill.run(evacuate);
      expect(left.outcome).toBe('done');
      expect(drill.said.join('\n')).toContain('The latch is not set; the switch alone suffices.');
      drill.target.heal(loss);
      await drill.advance(300);
      expect(drill.dns()).toBe(STANDBY);

      expect((await drill.run(evacuate)).outcome).toBe('done');
      expect((await drill.run(failBack)).outcome).toBe('refused');
      expect((await drill.run(failBack, { forceReason: 'a drill' })).outcome).toBe('done');
      expect(drill.dns()).toBe(PRIMARY);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'refuses to evacuate both regions',
    async () => {
      const drill = new Drill();
      await drill.advance(180);
      await drill.run(evacuate);

      const both = await drill.run(evacuate, { region: STANDBY, forceReason: 'I insist' });

      expect(both.outcome).toBe('refused');
      expect(drill.said.join('\n')).toContain('never evacuate both');
      expect(drill.dns()).toBe(STANDBY);
    },
    TEST_TIMEOUT_MS,
  );
});
