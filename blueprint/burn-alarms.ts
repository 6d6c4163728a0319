import type { AlarmDefinition, AlarmExpression, PlainMetric } from './alarm-definition';
import { ACCEPTED_OF_CLASS, REFUSED_OF_CLASS, type MetricName } from './metrics';
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
  readonly metric: AlarmExpression | PlainMetric;
  /** Bad events, where they are counted and not set against the good ones. @default - the share of the burn rate */
  readonly eventsMax?: number;
  /** From when on it says anything. */
  readonly minimum: string;
}

const refusalsOf = (title: string, refused: MetricName, accepted: MetricName): Ratio => ({
  service: 'intake',
  minimum: `Fewer than ${REFUSALS_MIN} refusals say nothing.`,
  metric: {
    source: 'expression',
    title: `per cent of ${title} orders that were refused for load`,
    formula: `IF(FILL(bad, 0) >= ${REFUSALS_MIN}, 100 * FILL(bad, 0) / (FILL(bad, 0) + FILL(good, 0)), 0)`,
    metrics: { bad: { source: 'tandem', metricName: refused }, good: { source: 'tandem', metricName: accepted } },
  },
});

const RATIOS: Readonly<Record<string, Ratio>> = {
  // Five refusals in an hour are too many for any rate of orders below ten a second, so the good ones need not be counted.
  'critical-acceptance': {
    service: 'intake',
    metric: { source: 'tandem', metricName: REFUSED_OF_CLASS[0] },
    eventsMax: REFUSALS_MIN,
    minimum: `Fewer than ${REFUSALS_MIN} refusals say nothing, and so many use the budget up at less than ten orders a second.`,
  },
  'normal-acceptance': refusalsOf('normal', REFUSED_OF_CLASS[1], ACCEPTED_OF_CLASS[1]),
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
    minimum: `Fewer than ${EVENTS_MIN} orders say nothing.`,
    metric: {
      source: 'expression',
      title: 'per cent of accepted orders that expired',
      formula: `IF(accepted >= ${EVENTS_MIN}, 100 * FILL(bad, 0) / accepted, 0)`,
      metrics: {
        bad: { source: 'tandem', metricName: 'OrdersExpired' },
        accepted: { source: 'tandem', metricName: 'OrdersAccepted' },
      },
    },
  },
};

const subjectOf = (objectiveId: string): string => objectiveId.replace('order-', '');
const burnAlarmId = (objectiveId: string, { name }: BurnWindow, length: 'long' | 'short'): string =>
  `${subjectOf(objectiveId)}-burn-${name}-${length}`;

const minutes = (seconds: number): string => (seconds >= 3_600 ? `${seconds / 3_600} h` : `${seconds / 60} min`);

const windowsOf = ({ burnWindows }: ServiceLevelObjective): readonly BurnWindow[] =>
  BURN_WINDOWS.filter(({ name }) => burnWindows?.includes(name) ?? true);

/** The two alarms of each window of each objective; a composite alarm fires when both do. */
export const BURN_ALARMS: readonly AlarmDefinition[] = SERVICE_LEVEL_OBJECTIVES.flatMap((objective) =>
  windowsOf(objective).flatMap((window) =>
    (['long', 'short'] as const).map((length): AlarmDefinition => {
      const periodSeconds = length === 'long' ? window.longSeconds : window.shortSeconds;
      const { service, metric, minimum, eventsMax } = RATIOS[objective.id]!;
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
        threshold: eventsMax ?? burnThresholdPercent(objective, window),
        thresholdWhy:
          eventsMax === undefined
            ? `${window.rate} times the rate at which ${objective.windowDays} days would use up the budget of ${objective.objective}. ${minimum}`
            : minimum,
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
