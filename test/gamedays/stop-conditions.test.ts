import { CATALOGUE } from '../../gamedays';
import type { GameDay } from '../../gamedays';
import { healthPathFlood } from '../../gamedays/scenarios/health-path-flood';
import { overload } from '../../gamedays/scenarios/overload';
import { regionLoss } from '../../gamedays/scenarios/region-loss';
import type { ActiveAlarm } from '../../gamedays/result';
import { stopConditionsOf, StopWatch } from '../../gamedays/stop-conditions';
import type { GameDayTarget } from '../../gamedays/targets/target';

const START_MS = 1_000_000;

/** A target that has nothing but a clock and alarms. */
class Watched {
  seconds = 0;
  alarms: ActiveAlarm[] = [];
  orders: { firstAttemptMs: number; acknowledgedMs?: number }[] = [];

  on(gameDay: GameDay): StopWatch {
    const target: Partial<GameDayTarget> = {
      stage: 'sandbox',
      regions: { primary: 'us-east-1', standby: 'us-west-2', witness: 'us-east-2' },
      activeAlarms: () => this.alarms,
      nowSeconds: () => this.seconds,
      epochMsAt: (seconds) => START_MS + seconds * 1_000,
    };
    return new StopWatch(gameDay, target as GameDayTarget, this.orders);
  }
}

const alarm = (id: string, region: string, severity: 'page' | 'ticket' = 'page'): ActiveAlarm => ({
  region,
  alarmName: `tandem-sandbox-${id}`,
  severity,
});

describe('A drill is called off', () => {
  it('by a page that nobody expects, and by no other alarm', () => {
    const watched = new Watched();
    const watch = watched.on(regionLoss);

    expect(watch.look()).toBeUndefined();
    // The loss of the primary is what pages the standby; that DynamoDB throttles is not, and is a ticket.
    watched.alarms = [alarm('peer-lost', 'us-west-2'), alarm('table-throttles', 'us-west-2', 'ticket')];
    expect(watch.look()).toBeUndefined();
    watched.alarms.push(alarm('another-page', 'us-west-2'));
    expect(watch.look()).toBe('tandem-sandbox-another-page in us-west-2 is in ALARM');
  });

  it('not by what was on before it began, unless it stays', () => {
    const watched = new Watched();
    watched.alarms = [alarm('another-page', 'us-west-2')];
    const watch = watched.on(regionLoss);

    watched.seconds = 290;
    expect(watch.look()).toBeUndefined();
    watched.seconds = 310;
    expect(watch.look()).toContain('another-page');
  });

  it('when callers are moved on a day of overload, whatever else pages', () => {
    const watched = new Watched();
    const watch = watched.on(overload);

    watched.alarms = [alarm('orders-at-risk', 'us-east-1')];
    expect(watch.look()).toBeUndefined();
    watched.alarms.push(alarm('traffic-moved', 'us-west-2'));
    expect(watch.look()).toContain('traffic-moved in us-west-2');
  });

  it('when nobody has been served for a minute', () => {
    const watched = new Watched();
    const watch = watched.on(healthPathFlood);
    const begin = (second: number, isServed: boolean): void => {
      const firstAttemptMs = START_MS + second * 1_000;
      watched.orders.push({ firstAttemptMs, ...(isServed ? { acknowledgedMs: firstAttemptMs + 100 } : {}) });
    };

    for (let second = 1; second <= 100; second++) begin(second, second <= 30);
    watched.seconds = 91;
    expect(watch.look()).toBeUndefined();
    watched.seconds = 100;
    expect(watch.look()).toBe('nobody has been served for 69 s');
    begin(100, true);
    expect(watch.look()).toBeUndefined();
  });
});

it('Every day has something that calls it off', () => {
  expect(CATALOGUE.filter((gameDay) => stopConditionsOf(gameDay).length === 0)).toEqual([]);
});
