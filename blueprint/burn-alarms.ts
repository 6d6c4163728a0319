import type { AlarmDefinition, AlarmExpression } from './alarm-definition';
import { BURN_WINDOWS, burnThresholdPercent, SERVICE_LEVEL_OBJECTIVES, type BurnWindow } from './slos';

/** Under so many events one failure would look like a burning budget. */
const EVENTS_MIN = 100;

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
  'order-decision': {
    service: 'fulfilment',
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

const minutes = (seconds: number): string => (seconds >= 3_600 ? `${seconds / 3_600} h` : `${seconds / 60} min`);

/** The two alarms of each window of each objective; a composite alarm fires when both do. */
export const BURN_ALARMS: readonly AlarmDefinition[] = SERVICE_LEVEL_OBJECTIVES.flatMap((objective) =>
  BURN_WINDOWS.flatMap((window) =>
    (['long', 'short'] as const).map((length): AlarmDefinition => {
      const periodSeconds = length === 'long' ? window.longSeconds : window.shortSeconds;
      return {
        ...RATIOS[objective.id]!,
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
        thresholdWhy: `${window.rate} times the rate at which ${objective.windowDays} days would use up the budget of ${objective.objective}. Fewer than ${EVENTS_MIN} events say nothing.`,
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

/** For a composite alarm: each objective's pair of windows of that name. */
export const burnPairs = (name: BurnWindow['name'], objectiveId?: string): string[][] =>
  SERVICE_LEVEL_OBJECTIVES.filter(({ id }) => objectiveId === undefined || id === objectiveId).map(({ id }) => {
    const window = BURN_WINDOWS.find((candidate) => candidate.name === name)!;
    return [burnAlarmId(id, window, 'long'), burnAlarmId(id, window, 'short')];
  });
