import type { AlarmDefinition, AlarmExpression } from './alarm-definition';
import { CAPACITY, type Stage } from './capacity';
import { REFUSED_OF_CLASS } from './metrics';
import { CLASS_SHARES } from './order-demand';
import {
  AVAILABILITY_CLASSES,
  BURN_WINDOWS,
  burnThresholdEvents,
  burnThresholdPercent,
  SERVICE_LEVEL_OBJECTIVES,
  type AvailabilityClass,
  type BurnWindow,
  type ServiceLevelObjective,
} from './slos';

/** Under so many events one failure would look like a burning budget. */
const EVENTS_MIN = 100;
/** A class may have few orders and a high promise: of so many refusals and more it is no matter of chance. */
const REFUSALS_MIN = 5;

interface BurnPeriod {
  readonly window: BurnWindow;
  readonly length: 'long' | 'short';
  readonly periodSeconds: number;
}

type Measure = Pick<AlarmDefinition, 'service' | 'metric' | 'threshold' | 'thresholdWhy'>;

const RATIOS: Readonly<Record<string, Pick<AlarmDefinition, 'service'> & { readonly metric: AlarmExpression }>> = {
  'order-acceptance': {
    service: 'intake',
    metric: {
      source: 'expression',
      title: 'per cent of requests answered 5xx',
      formula: `IF(total >= ${EVENTS_MIN}, 100 * bad / total, 0)`,
      metrics: {
        bad: { source: 'public-api', metricName: '5xx' },
        total: { source: 'public-api', metricName: 'Count' },
      },
    },
  },
  // Declined orders are left out of the total: a few per cent of it, for a third of what the alarm costs.
  'order-decision': {
    service: 'fulfilment',
    metric: {
      source: 'expression',
      title: 'per cent of orders that expired, of those that expired or were charged',
      formula: `IF(bad + confirmed >= ${EVENTS_MIN}, 100 * bad / (bad + confirmed), 0)`,
      metrics: {
        bad: { source: 'tandem', metricName: 'OrdersExpired' },
        confirmed: { source: 'tandem', metricName: 'OrdersConfirmed' },
      },
    },
  },
};

const rateOf = ({ objective, windowDays }: ServiceLevelObjective, { rate }: BurnWindow): string =>
  `${rate} times the rate at which ${windowDays} days would use up the budget of ${objective}`;

/** What everybody is promised is measured as a share of what happened. */
function shareOf(objective: ServiceLevelObjective, { window }: BurnPeriod): Measure {
  return {
    ...RATIOS[objective.id]!,
    threshold: burnThresholdPercent(objective, window),
    thresholdWhy: `${rateOf(objective, window)}. Fewer than ${EVENTS_MIN} events say nothing.`,
  };
}

/**
 * What a class is promised is counted against the budget of the planned load: nobody is refused for load far below it, and
 * one metric an alarm is what six alarms a class can cost.
 */
function countOf(objective: ServiceLevelObjective, ofClass: AvailabilityClass, period: BurnPeriod): Measure {
  const { window, length, periodSeconds } = period;
  const index = AVAILABILITY_CLASSES.indexOf(ofClass);
  const thresholdOf = (stage: Stage): number => {
    const eventsPerSecond = CAPACITY[stage].nominalOrdersPerSecond * CLASS_SHARES[index]!;
    const events = burnThresholdEvents(objective, window, { eventsPerSecond, periodSeconds });
    return length === 'long' ? Math.max(REFUSALS_MIN, events) : events;
  };
  return {
    service: 'intake',
    // Nothing is published while nobody is refused, and old points would speak for hours of silence.
    metric: {
      source: 'expression',
      title: `requests of the class ${ofClass} that were refused for load`,
      formula: 'FILL(refused, 0)',
      metrics: { refused: { source: 'tandem', metricName: REFUSED_OF_CLASS[index]! } },
    },
    threshold: { sandbox: thresholdOf('sandbox'), full: thresholdOf('full') },
    thresholdWhy: `Refusals at ${rateOf(objective, window)}, if the class has its planned ${Math.round(100 * CLASS_SHARES[index]!)} % of the nominal load. Fewer than ${REFUSALS_MIN} in the longer period say nothing.`,
  };
}

const subjectOf = (objectiveId: string): string => objectiveId.replace('order-', '');
const burnAlarmId = (objectiveId: string, { name }: BurnWindow, length: 'long' | 'short'): string =>
  `${subjectOf(objectiveId)}-burn-${name}-${length}`;

const minutes = (seconds: number): string => (seconds >= 3_600 ? `${seconds / 3_600} h` : `${seconds / 60} min`);

/** The two alarms of each window of each objective; a composite alarm fires when both do. */
export const BURN_ALARMS: readonly AlarmDefinition[] = SERVICE_LEVEL_OBJECTIVES.flatMap((objective) =>
  BURN_WINDOWS.flatMap((window) =>
    (['long', 'short'] as const).map((length): AlarmDefinition => {
      const periodSeconds = length === 'long' ? window.longSeconds : window.shortSeconds;
      const period = { window, length, periodSeconds };
      const { ofClass } = objective;
      return {
        ...(ofClass === undefined ? shareOf(objective, period) : countOf(objective, ofClass, period)),
        id: burnAlarmId(objective.id, window, length),
        severity: 'ticket',
        place: 'serving',
        isSpared: true,
        owner: 'orders team',
        runbook: 'runbooks/error-budget.md',
        gameDay: 'slow-burn',
        action: `None alone: the ${window.name} burn needs both of its windows.`,
        statistic: 'Sum',
        periodSeconds,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
        periodsWhy:
          length === 'long'
            ? `Over ${minutes(periodSeconds)} a burst that is over does not count for much.`
            : `Over ${minutes(periodSeconds)}, so that the page ends soon after the trouble does.`,
        missingData: 'notBreaching',
        missingDataWhy: 'No traffic burns no budget; orders-too-low watches for that.',
      };
    }),
  ),
);

/** For a composite alarm: the pair of windows of that name of these objectives. @param objectiveIds none are all */
export const burnPairs = (name: BurnWindow['name'], ...objectiveIds: readonly string[]): string[][] =>
  SERVICE_LEVEL_OBJECTIVES.filter(({ id }) => objectiveIds.length === 0 || objectiveIds.includes(id)).flatMap(
    (objective) =>
      BURN_WINDOWS.filter((window) => window.name === name).map((window) => [
        burnAlarmId(objective.id, window, 'long'),
        burnAlarmId(objective.id, window, 'short'),
      ]),
  );
