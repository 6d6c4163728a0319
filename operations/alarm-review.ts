import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AlarmDefinition, AlarmMetric } from '../blueprint/alarms';
import { METRIC_NAMESPACE } from '../blueprint/metrics';

export interface AlarmReviewOptions {
  readonly alarms: readonly AlarmDefinition[];
  /** The alarms that each game day demands to see, by the game day's name. */
  readonly mustFire: ReadonlyMap<string, ReadonlySet<string>>;
  /** The folder that the runbooks' paths start from. */
  readonly projectDirectory: string;
}

/** What a review found: the name of the kind, the alarm, and a sentence with the next step. */
export interface AlarmFinding {
  readonly name: 'no-game-day' | 'game-day-does-not-demand-it' | 'no-runbook';
  readonly alarm: string;
  readonly text: string;
}

/** One alarm as a person reviews it: every value in words. */
export interface ReviewedAlarm {
  readonly id: string;
  readonly severity: AlarmDefinition['severity'];
  readonly service: string;
  readonly owner: string;
  readonly watches: string;
  readonly where: string;
  readonly threshold: string;
  readonly thresholdWhy: string;
  /** M of N. */
  readonly datapoints: string;
  readonly missingData: string;
  readonly missingDataWhy: string;
  readonly runbook: string;
  readonly gameDay: string;
  readonly action: string;
  readonly findings: readonly AlarmFinding[];
}

/** The document for machines. */
export interface AlarmReview {
  readonly schemaVersion: 1;
  /** Pages before tickets, as a person would read them. */
  readonly alarms: readonly ReviewedAlarm[];
  readonly findings: readonly AlarmFinding[];
}

/** Every alarm with what it rests on, and what is missing before it can be trusted. */
export function reviewAlarms(options: AlarmReviewOptions): AlarmReview {
  const pagesFirst = [...options.alarms].sort((left, right) => left.severity.localeCompare(right.severity));
  const alarms = pagesFirst.map((alarm) => review(alarm, options));
  return { schemaVersion: 1, alarms, findings: alarms.flatMap((alarm) => alarm.findings) };
}

function review(alarm: AlarmDefinition, options: AlarmReviewOptions): ReviewedAlarm {
  const { id, severity, service, owner, thresholdWhy, missingDataWhy, runbook } = alarm;
  return {
    id,
    severity,
    service,
    owner,
    watches: `${alarm.statistic} of ${subject(alarm.metric)} over ${alarm.periodSeconds} s`,
    where: alarm.onlyIn === undefined ? 'both serving regions' : `the ${alarm.onlyIn} only`,
    threshold: `at or above ${alarm.threshold}`,
    thresholdWhy,
    datapoints: `${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods}`,
    missingData: alarm.missingData,
    missingDataWhy,
    runbook,
    gameDay: alarm.gameDay ?? 'none',
    action: alarm.action ?? 'none',
    findings: findingsOf(alarm, options),
  };
}

// The stack gives the metric its dimensions; here it is told so that a person can find it in the console.
function subject(metric: AlarmMetric): string {
  switch (metric.source) {
    case 'queue':
      return `AWS/SQS ${metric.metricName} of the queue ${metric.queue}`;
    case 'function':
      return `AWS/Lambda ${metric.metricName} of ${metric.service}`;
    case 'public-api':
      return `AWS/ApiGateway ${metric.metricName} of the public API`;
    case 'tandem':
      return `${METRIC_NAMESPACE} ${metric.metricName}`;
  }
}

function findingsOf({ id, gameDay, runbook }: AlarmDefinition, options: AlarmReviewOptions): AlarmFinding[] {
  const findings: AlarmFinding[] = [];
  if (gameDay === null) {
    const text = 'No game day makes it fire. Fly one that does, demand it in its mustFire, and name it in the alarm.';
    findings.push({ name: 'no-game-day', alarm: id, text });
  } else if (options.mustFire.get(gameDay)?.has(id) !== true) {
    const text = `The game day ${gameDay} passes without it. Add it to its mustFire, or name the game day that demands it.`;
    findings.push({ name: 'game-day-does-not-demand-it', alarm: id, text });
  }
  if (!existsSync(join(options.projectDirectory, runbook))) {
    findings.push({ name: 'no-runbook', alarm: id, text: `There is no ${runbook}. Write it before the alarm rings.` });
  }
  return findings;
}
