import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  ALARMS,
  COMPOSITE_ALARMS,
  type AlarmDefinition,
  type AlarmMetric,
  type CompositeDefinition,
} from '../blueprint/alarms';
import type { Stage } from '../blueprint/capacity';
import { METRIC_NAMESPACE } from '../blueprint/metrics';
import { alarmCost } from './alarm-cost';
import { deadMetrics, reachableMax, thresholdText } from './alarm-reach';
import { emptyRecord, type AlarmEvidence, type AlarmRecord } from './alarm-evidence';

export interface AlarmReviewOptions {
  readonly stage: Stage;
  readonly alarms: readonly AlarmDefinition[];
  readonly composites: readonly CompositeDefinition[];
  /** The alarms that each game day demands to see, by the game day's name. */
  readonly mustFire: ReadonlyMap<string, ReadonlySet<string>>;
  /** The folder that the runbooks' paths start from. */
  readonly projectDirectory: string;
  /** What results of game days prove. @default - there are no results, and nothing is said about proofs */
  readonly evidence?: AlarmEvidence;
}

/** The names of what a review can find. */
export type FindingName =
  | 'dead-metric'
  | 'unreachable-threshold'
  | 'no-owner'
  | 'no-runbook'
  | 'game-day-does-not-demand-it'
  | 'never-fired'
  | 'never-cleared'
  | 'false-alarm';

/** What a review found: the name of the kind, the alarm, and a sentence with the next step. */
export interface AlarmFinding {
  readonly name: FindingName;
  readonly alarm: string;
  readonly text: string;
}

/** One alarm as a person reviews it: every value in words. */
export interface ReviewedAlarm {
  readonly id: string;
  readonly kind: 'metric' | 'composite';
  readonly severity: AlarmDefinition['severity'];
  readonly service: string;
  readonly owner: string;
  readonly watches: string;
  readonly where: string;
  readonly threshold: string;
  readonly thresholdWhy: string;
  /** M of N. */
  readonly datapoints: string;
  readonly periodsWhy: string;
  readonly missingData: string;
  readonly missingDataWhy: string;
  readonly runbook: string;
  readonly gameDay: string;
  readonly action: string;
  /** Dollars a month, over all places it stands in. */
  readonly monthlyDollars: number;
  /** @default - no results were given */
  readonly record?: AlarmRecord;
  readonly findings: readonly AlarmFinding[];
}

/** The document for machines. */
export interface AlarmReview {
  readonly schemaVersion: 2;
  /** Pages before tickets, as a person would read them. */
  readonly alarms: readonly ReviewedAlarm[];
  readonly findings: readonly AlarmFinding[];
  readonly monthlyDollars: number;
  /** How many results of game days were read. */
  readonly resultsRead: number;
}

/** The alarms of Tandem, for `reviewAlarms`. */
export const OWN_ALARMS = { alarms: ALARMS, composites: COMPOSITE_ALARMS } as const;

/** Every alarm with what it rests on, and what is missing before it can be trusted. */
export function reviewAlarms(options: AlarmReviewOptions): AlarmReview {
  const all = [
    ...options.composites.map((composite) => reviewComposite(composite, options)),
    ...options.alarms.map((alarm) => reviewMetric(alarm, options)),
  ].sort((left, right) => left.severity.localeCompare(right.severity));
  return {
    schemaVersion: 2,
    alarms: all,
    findings: all.flatMap((alarm) => alarm.findings),
    monthlyDollars: all.reduce((sum, { monthlyDollars }) => sum + monthlyDollars, 0),
    resultsRead: options.evidence?.resultsRead ?? 0,
  };
}

function reviewMetric(alarm: AlarmDefinition, options: AlarmReviewOptions): ReviewedAlarm {
  const { thresholdWhy, periodsWhy, missingData, missingDataWhy } = alarm;
  return {
    ...shared(alarm, options, metricFindings(alarm, options)),
    kind: 'metric',
    watches: `${alarm.statistic} of ${subject(alarm.metric)} over ${alarm.periodSeconds} s`,
    threshold: thresholdText(alarm, options.stage),
    thresholdWhy,
    datapoints: `${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods} periods`,
    periodsWhy,
    missingData,
    missingDataWhy,
  };
}

function reviewComposite(alarm: CompositeDefinition, options: AlarmReviewOptions): ReviewedAlarm {
  const alternatives = alarm.anyOf.map((each) => (typeof each === 'string' ? each : each.join(' with ')));
  return {
    ...shared(alarm, options, []),
    kind: 'composite',
    watches: `any of ${alternatives.join(', ')}`,
    threshold: 'any of them in ALARM',
    thresholdWhy: alarm.why,
    datapoints: 'at once',
    periodsWhy: 'The alarms it is made of have waited already.',
    missingData: 'none',
    missingDataWhy: 'An alarm without data is not in ALARM.',
  };
}

type Shared = Pick<
  ReviewedAlarm,
  'id' | 'severity' | 'service' | 'owner' | 'where' | 'runbook' | 'gameDay' | 'action' | 'monthlyDollars' | 'findings'
> & { readonly record?: AlarmRecord };

function shared(
  alarm: AlarmDefinition | CompositeDefinition,
  options: AlarmReviewOptions,
  more: readonly AlarmFinding[],
): Shared {
  const { id, severity, service, owner, runbook, gameDay, action } = alarm;
  const { evidence } = options;
  const record = evidence === undefined ? undefined : (evidence.records.get(id) ?? emptyRecord());
  return {
    id,
    severity,
    service,
    owner,
    runbook,
    gameDay,
    action,
    where: WHERE[alarm.place],
    monthlyDollars: alarmCost(alarm),
    ...(record === undefined ? {} : { record }),
    findings: [...more, ...commonFindings(alarm, options, record)],
  };
}

const WHERE: Readonly<Record<AlarmDefinition['place'], string>> = {
  serving: 'both serving regions',
  primary: 'the primary only',
  standby: 'the standby only',
  witness: 'the witness region',
  routing: "us-east-1, where Route 53's metrics are",
};

// The stack gives the metric its dimensions; here it is told so that a person can find it in the console.
function subject(metric: AlarmMetric): string {
  switch (metric.source) {
    case 'queue':
      return `AWS/SQS ${metric.metricName} of the queue ${metric.queue}`;
    case 'function':
      return `AWS/Lambda ${metric.metricName} of ${metric.service}`;
    case 'account':
      return `AWS/Lambda ${metric.metricName} of all functions`;
    case 'public-api':
      return `AWS/ApiGateway ${metric.metricName} of the public API`;
    case 'health-api':
      return `AWS/ApiGateway ${metric.metricName} of the health API`;
    case 'table':
      return `AWS/DynamoDB ${metric.metricName} of the table ${metric.table}`;
    case 'replication':
      return `AWS/DynamoDB ${metric.metricName} of the orders table to the peer`;
    case 'health-check':
      return `AWS/Route53 ${metric.metricName} of the ${metric.of}`;
    case 'certificate':
      return `AWS/CertificateManager ${metric.metricName}`;
    case 'billing':
      return `AWS/Billing ${metric.metricName}`;
    case 'tandem':
      return `${METRIC_NAMESPACE} ${metric.metricName}${metric.of === undefined ? '' : ` of the ${metric.of}`}`;
    case 'expression':
      return `${metric.title}: ${metric.formula} with ${Object.entries(metric.metrics)
        .map(([id, one]) => `${id} = ${subject(one)}`)
        .join(', ')},`;
  }
}

function metricFindings(alarm: AlarmDefinition, { stage }: AlarmReviewOptions): AlarmFinding[] {
  const { id } = alarm;
  const findings = deadMetrics(alarm.metric).map((name): AlarmFinding => {
    const text = `Nobody publishes ${name}. Publish it, or watch what is published.`;
    return { name: 'dead-metric', alarm: id, text };
  });
  const reason = reachableMax(alarm, stage);
  if (reason !== undefined) findings.push({ name: 'unreachable-threshold', alarm: id, text: reason });
  return findings;
}

function commonFindings(
  { id, owner, gameDay, runbook }: AlarmDefinition | CompositeDefinition,
  { mustFire, projectDirectory }: AlarmReviewOptions,
  record: AlarmRecord | undefined,
): AlarmFinding[] {
  const findings: AlarmFinding[] = [];
  const find = (name: FindingName, text: string): void => void findings.push({ name, alarm: id, text });
  if (owner.trim() === '') find('no-owner', 'Nobody answers for it. Name the team in blueprint/alarms.ts.');
  if (!existsSync(join(projectDirectory, runbook))) {
    find('no-runbook', `There is no ${runbook}. Write it before the alarm rings.`);
  }
  if (mustFire.get(gameDay)?.has(id) !== true) {
    const text = `The game day ${gameDay} passes without it. Add it to its mustFire, or name the game day that demands it.`;
    find('game-day-does-not-demand-it', text);
  }
  if (record === undefined) return findings;
  if (record.fired === undefined) find('never-fired', `No result that was read shows it in ALARM. Fly ${gameDay}.`);
  else if (record.cleared === undefined)
    find('never-cleared', `It fired in ${record.fired.gameDay} and never went back to OK.`);
  if (record.falseAlarms > 0) {
    find(
      'false-alarm',
      `It fired ${record.falseAlarms} times in days in which nothing is wrong. Look at its threshold.`,
    );
  }
  return findings;
}
