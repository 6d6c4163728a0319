import { fly } from '../../gamedays';
import { metastableDrop } from '../../gamedays/scenarios/metastable-drop';
import { planFlight } from '../gamedays/flight';

jest.setTimeout(400_000);

/** A minute of the slow provider costs a system without regulation several minutes more. */
const MINUTES_LOST_SECONDS_MIN = 120;

describe('The day without what it shows', () => {
  it('stays overloaded for minutes, on which the report of the day can count', async () => {
    const flight = { ...(await planFlight()), gameDay: metastableDrop, seed: 1, replay: 'none' };

    const { recovery, counterpart, trace } = await fly({ ...flight, withCounterpart: true });

    expect(recovery.calmAfterSeconds).toBeLessThanOrEqual(metastableDrop.expectations.calm!.withinSeconds);
    expect(counterpart!.recovery.calmAfterSeconds ?? Infinity).toBeGreaterThan(MINUTES_LOST_SECONDS_MIN);
    expect(counterpart!.series.map(({ chart }) => chart)).toEqual(['done-in-time']);
    expect(counterpart!.trace.digest).not.toBe(trace.digest);
  });
});
