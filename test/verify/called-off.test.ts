import type { GameDay } from '../../gamedays';
import { regionLoss } from '../../gamedays/scenarios/region-loss';
import { findings, flyGameDay, planFlight } from '../gamedays/flight';

jest.setTimeout(240_000);

const LOSS = { fromSeconds: 60, toSeconds: 400 } as const;

/** The loss of a region, by somebody who expects no page of it. */
const SURPRISED: GameDay = {
  ...regionLoss,
  durationSeconds: 420,
  workload: { ...regionLoss.workload, ordersPerSecond: 1 },
  faults: [{ fault: 'isolate-region', region: 'primary', ...LOSS }],
  expectations: { checks: ['no-other-alarm-fired'], mustFire: [], mayFire: [] },
};

describe('A drill that pages somebody who does not expect it', () => {
  it('is called off: its fault ends at once, and the report says why', async () => {
    const result = await flyGameDay(await planFlight(), SURPRISED);

    expect(findings(result)).toContain('not-called-off');
    const off = result.timeline.find(({ kind }) => kind === 'milestone')!;
    expect(off.text).toMatch(/^The drill is called off: tandem-sandbox-\S+ in us-(west|east)-2 is in ALARM$/);
    expect(off.atSeconds).toBeGreaterThan(LOSS.fromSeconds);
    expect(off.atSeconds).toBeLessThan(LOSS.fromSeconds + 120);
    expect(result.faults.map(({ toSeconds }) => toSeconds)).toEqual([off.atSeconds]);
    // Callers come back long before the loss was to end.
    const back = result.dnsAnswers.findLast(({ region }) => region === 'us-east-1')!;
    expect(back.fromSeconds).toBeLessThan(LOSS.toSeconds - 60);
  });
});
