import { COMPOSITE_ALARMS } from '../blueprint/alarms';
import { alarmName } from '../blueprint/names';
import { ROUTE53_HOME_REGION } from '../blueprint/regions';
import type { AlarmRole, GameDay } from './game-day';
import { SETTLING_SECONDS, type ActiveAlarm } from './result';
import type { GameDayTarget } from './targets/target';
import type { PlacedOrder } from './workloads/order-workload';

/** What a drill must not come to: the first that is met calls it off. */
export interface StopCondition {
  /** As a person reads it before the drill, after "when". */
  readonly sentence: string;
  /** Whether it follows from what the day expects. */
  readonly appliesTo: (gameDay: GameDay) => boolean;
  /** @returns what was seen and must not be, or undefined */
  readonly isMetBy: (seen: Seen) => string | undefined;
}

/** The world while a drill flies, as far as it decides whether to go on. */
interface Seen {
  readonly gameDay: GameDay;
  readonly target: Deployed;
  /** Those in ALARM, without what belongs to the settling in. */
  readonly alarms: readonly ActiveAlarm[];
  /** For how long callers have begun orders of which none was acknowledged. */
  readonly unservedSeconds: number;
}

type Deployed = Pick<GameDayTarget, 'stage' | 'regions'>;

const UNSERVED_SECONDS_MAX = 60;
/** Fewer orders than these say nothing. */
const UNSERVED_ORDERS_MIN = 5;

const judgesAlarms = ({ expectations }: GameDay): boolean => expectations.checks.includes('no-other-alarm-fired');

const STOP_CONDITIONS: readonly StopCondition[] = [
  {
    // Somebody outside the drill may be hurt.
    sentence: 'an alarm pages that this day neither demands nor allows',
    appliesTo: judgesAlarms,
    isMetBy: ({ alarms, gameDay, target }) => {
      const expected = expectedLanes(gameDay.expectations, target);
      const isUnexpected = ({ severity, region, alarmName: name }: ActiveAlarm): boolean =>
        severity === 'page' && !expected.has(laneKey(region, name));
      return told(alarms.find(isUnexpected));
    },
  },
  {
    sentence: 'the alarm traffic-moved says that callers are sent to another region',
    appliesTo: (gameDay) => !judgesAlarms(gameDay) && gameDay.expectations.checks.includes('dns-stood-still'),
    isMetBy: ({ alarms, target }) =>
      told(alarms.find(({ alarmName: name }) => name === alarmName(target.stage, 'traffic-moved'))),
  },
  {
    sentence: `nobody has been served for ${UNSERVED_SECONDS_MAX} seconds`,
    appliesTo: (gameDay) => !judgesAlarms(gameDay),
    isMetBy: ({ unservedSeconds }) =>
      unservedSeconds > UNSERVED_SECONDS_MAX
        ? `nobody has been served for ${Math.round(unservedSeconds)} s`
        : undefined,
  },
];

const told = (alarm: ActiveAlarm | undefined): string | undefined =>
  alarm && `${alarm.alarmName} in ${alarm.region} is in ALARM`;

/** What calls this day off. */
export const stopConditionsOf = (gameDay: GameDay): readonly StopCondition[] =>
  gameDay.isNeverCalledOff === true ? [] : STOP_CONDITIONS.filter(({ appliesTo }) => appliesTo(gameDay));

/** What must or may fire, and the composite alarms over it: who expects a cause expects its page. */
export function expectedLanes(
  { mustFire, mayFire }: GameDay['expectations'],
  { stage, regions }: Deployed,
): ReadonlySet<string> {
  const named = [...mustFire, ...mayFire].flatMap(({ region, alarm }) => [
    { region, alarm },
    ...COMPOSITE_ALARMS.filter(({ anyOf }) => anyOf.flat().includes(alarm)).map(({ id }) => ({ region, alarm: id })),
  ]);
  return new Set(named.map(({ region, alarm }) => laneKey(alarmRegion(regions, region), alarmName(stage, alarm))));
}

/** Where the alarm of that role is. */
export const alarmRegion = (regions: GameDayTarget['regions'], role: AlarmRole): string =>
  role === 'routing' ? ROUTE53_HOME_REGION : regions[role];

export const laneKey = (region: string, name: string): string => `${region}/${name}`;

/** Looks at the stop conditions of a day while it flies. */
export class StopWatch {
  private readonly conditions: readonly StopCondition[];
  /** What was on when the day began, and belongs to the settling in for a while. */
  private readonly settling: ReadonlySet<string>;

  /** Made at second 0 of the day. @param orders those of the workload, in the order in which they are begun */
  constructor(
    private readonly gameDay: GameDay,
    private readonly target: GameDayTarget,
    private readonly orders: readonly Pick<PlacedOrder, 'firstAttemptMs' | 'acknowledgedMs'>[],
  ) {
    this.conditions = stopConditionsOf(gameDay);
    this.settling = new Set(target.activeAlarms().map(({ region, alarmName: name }) => laneKey(region, name)));
  }

  /** @returns what was seen and must not be, or undefined */
  look(): string | undefined {
    const { gameDay, target } = this;
    const isSettled = target.nowSeconds() > SETTLING_SECONDS;
    const alarms = target
      .activeAlarms()
      .filter(({ region, alarmName: name }) => isSettled || !this.settling.has(laneKey(region, name)));
    const seen: Seen = { gameDay, target, alarms, unservedSeconds: this.unservedSeconds() };
    for (const { isMetBy } of this.conditions) {
      const reason = isMetBy(seen);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  private unservedSeconds(): number {
    const { orders, target } = this;
    const served = orders.findLastIndex(({ acknowledgedMs }) => acknowledgedMs !== undefined);
    // Orders before it may have been served later, but not before they were begun.
    const unserved = orders.slice(served + 1).filter(({ firstAttemptMs }) => firstAttemptMs > 0);
    if (unserved.length < UNSERVED_ORDERS_MIN) return 0;
    return (target.epochMsAt(target.nowSeconds()) - unserved[0]!.firstAttemptMs) / 1_000;
  }
}
