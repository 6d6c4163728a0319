import type { AlarmDefinition, AlarmExpression } from './alarm-definition';
import { ACCEPTED_OF_CLASS, REFUSED_OF_CLASS } from './metrics';
import {
  BURN_WINDOWS,
  burnThresholdPercent,
  SERVICE_LEVEL_OBJECTIVES,
  type BurnWindow,
  type ServiceLevelObjective,
} from './slos';

/** Under so many events one failure would look like a burning budget. */
const EVENTS_MIN = 100;
/** A class may have few orders and a high promise: of so many refusals and more it is no matter of chance. */
const REFUSALS_MIN = 5;

interface Ratio extends Pick<AlarmDefinition, 'service'> {
  readonly metric: AlarmExpression;
  /** From when on it says anything. */
  readonly minimum: string;
}

const RATIOS: Readonly<Record<string, Ratio>> = {
  'critical-acceptance': {
    service: 'intake',
    minimum: `Fewer than ${REFUSALS_MIN} refusals say nothing.`,
    metric: {
      source: 'expression',
      title: 'per cent of requests of the first class that were refused for load',
      formula: `IF(FILL(bad, 0) >= ${REFUSALS_MIN}, 100 * FILL(bad, 0) / (FILL(bad, 0) + FILL(good, 0)), 0)`,
      metrics: {
        bad: { source: 'tandem', metricName: REFUSED_OF_CLASS[0] },
        good: { source: 'tandem', metricName: ACCEPTED_OF_CLASS[0] },
      },
    },
  },
  'order-acceptance': {
    service: 'intake',
    minimum: `Fewer than ${EVENTS_MIN} requests say nothing.`,
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
  'order-decision': {
    service: 'fulfilment',
    minimum: `Fewer than ${EVENTS_MIN} decisions say nothing.`,
    metric: {
      source: 'expression',
      title: 'per cent of decided orders that expired',
      formula: `IF(bad + confirmed + rejected >= ${EVENTS_MIN}, 100 * bad / (bad + confirmed + rejected), 0)`,
      metrics: {
        bad: { source: 'tandem', metricName: 'OrdersExpired' },
        confirmed: { source: 'tandem', metricName: 'OrdersConfirmed' },
        rejected: { source: 'tandem', metricName: 'OrdersRejected' },
      },
    },
  },
};

const subjectOf = (objectiveId: string): string => objectiveId.replace('order-', '');
const burnAlarmId = (objectiveId: string, { name }: BurnWindow, length: 'long' | 'short'): string =>
  `${subjectOf(objectiveId)}-burn-${name}-${length}`;

const windowsOf = ({ burnWindows }: ServiceLevelObjective): readonly BurnWindow[] =>
  BURN_WINDOWS.filter(({ name }) => burnWindows?.includes(name) ?? true);

const minutes = (seconds: number): string => (seconds >= 3_600 ? `${seconds / 3_600} h` : `${seconds / 60} min`);

/** The two alarms of each window of each objective; a composite alarm fires when both do. */
export const BURN_ALARMS: readonly AlarmDefinition[] = SERVICE_LEVEL_OBJECTIVES.flatMap((objective) =>
  windowsOf(objective).flatMap((window) =>
    (['long', 'short'] as const).map((length): AlarmDefinition => {
      const periodSeconds = length === 'long' ? window.longSeconds : window.shortSeconds;
      const { service, metric, minimum } = RATIOS[objective.id]!;
      return {
        service,
        metric,
        id: burnAlarmId(objective.id, window, length),
        severity: 'ticket',
        place: 'serving',
        isSpared: true,
        owner: 'orders team',
        runbook: 'runbooks/error-budget.md',
        gameDay: 'slow-burn',
        action: `None alone: the ${window.name} burn needs both of its windows.`,
        statistic: 'Sum',
        threshold: burnThresholdPercent(objective, window),
        thresholdWhy: `${window.rate} times the rate at which ${objective.windowDays} days would use up the budget of ${objective.objective}. ${minimum}`,
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
      windowsOf(objective)
        .filter((window) => window.name === name)
        .map((window) => [burnAlarmId(objective.id, window, 'long'), burnAlarmId(objective.id, window, 'short')]),
  );
