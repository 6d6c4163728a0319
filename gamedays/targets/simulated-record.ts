import { ALARMS, COMPOSITE_ALARMS } from '../../blueprint/alarms';
import type { Stage } from '../../blueprint/capacity';
import { alarmName } from '../../blueprint/names';
import { METRIC_NAMESPACE, METRIC_SERVICE, type MetricName } from '../../blueprint/metrics';
import type { Assembly, Cloud } from '../../simulator';
import type {
  ActiveAlarm,
  AlarmInterval,
  AlarmLane,
  DnsAnswer,
  FunctionGrant,
  Notification,
  TimelineEntry,
} from '../result';
import { costOf } from './simulated-cost';
import { seriesOf, type SeriesScope } from './simulated-series';
import type { TargetRecord } from './target';

export interface RecordScope extends SeriesScope {
  readonly deadLetters: readonly string[];
  readonly assembly: Assembly;
}

/** Everything the embedded cloud has written down, in seconds of the game day. */
export function recordOf(cloud: Cloud, scope: RecordScope): TargetRecord {
  cloud.cloudWatch.flush();
  const clock = (timeUs: number): number => timeUs / 1e6 - scope.startSeconds;
  const alarms = alarmLanes(cloud, scope, clock);
  const dnsAnswers = answersOf(cloud, scope, clock);
  return {
    alarms,
    notifications: notificationsOf(cloud, clock),
    dnsAnswers,
    timeline: timelineOf(cloud, scope, clock, dnsAnswers),
    series: seriesOf(cloud, scope),
    acceptedOrders: countAccepted(cloud, scope),
    accessDenials: cloud.iam.denials.map(
      ({ principal, action, resource }) => `${principal} may not ${action} on ${resource}`,
    ),
    grants: grantsOf(cloud),
    calls: [
      ...cloud.iam
        .allowedCalls()
        .map(({ principal, action, resource }) => ({ caller: principal.split('/').at(-1)!, action, resource })),
      ...cloud.network.unsignedCalls().map(({ sender, url }) => ({ caller: sender, action: 'https', resource: url })),
    ],
    functionTimeouts: cloud.lambda.timeouts.map(
      ({ timeUs, region, functionName }) => `${functionName} in ${region} at ${clock(timeUs).toFixed(1)} s`,
    ),
    deadLetters: scope.deadLetters,
    trace: { digest: cloud.kernel.trace.digest(), lines: cloud.kernel.trace.count },
    cost: costOf(cloud, scope),
  };
}

/** The alarms of the cloud that are in ALARM now, in the order in which they were created. */
export function activeAlarmsOf({ cloudWatch }: Cloud, stage: Stage): ActiveAlarm[] {
  return cloudWatch
    .alarmIdentities()
    .filter(({ region, name }) => cloudWatch.alarmState(region, name) === 'ALARM')
    .map(({ region, name }) => ({ region, alarmName: name, severity: severityOf(stage, name) }));
}

/** A function calls as a session of its role that has the function's name. */
function grantsOf({ iam }: Cloud): FunctionGrant[] {
  return iam
    .grants()
    .filter(({ principal }) => principal.includes(':assumed-role/'))
    .map(({ principal, ...grant }) => ({ functionName: principal.split('/').at(-1)!, ...grant }));
}

type Clock = (timeUs: number) => number;

function alarmLanes(cloud: Cloud, { stage }: RecordScope, clock: Clock): AlarmLane[] {
  const endSeconds = clock(cloud.kernel.nowUs);
  return cloud.cloudWatch.alarmIdentities().map(({ region, name }) => {
    const intervals: AlarmInterval[] = [];
    let open: Omit<AlarmInterval, 'toSeconds'> = {
      state: 'INSUFFICIENT_DATA',
      fromSeconds: clock(0),
      reason: 'The alarm was created.',
    };
    for (const change of cloud.cloudWatch.history) {
      if (change.region !== region || change.alarmName !== name) continue;
      intervals.push({ ...open, toSeconds: clock(change.timeUs) });
      open = { state: change.to, fromSeconds: clock(change.timeUs), reason: change.reason };
    }
    intervals.push({ ...open, toSeconds: endSeconds });
    return { region, alarmName: name, severity: severityOf(stage, name), intervals };
  });
}

function severityOf(stage: Stage, name: string): 'page' | 'ticket' {
  return [...ALARMS, ...COMPOSITE_ALARMS].find((alarm) => alarmName(stage, alarm.id) === name)?.severity ?? 'page';
}

function notificationsOf(cloud: Cloud, clock: Clock): Notification[] {
  return cloud.sns.deliveries
    .map(({ timeUs, region, topicArn, subject, message }) => ({
      atSeconds: clock(timeUs),
      region,
      topic: topicArn.split(':').at(-1)!,
      subject,
      message,
    }))
    .filter(({ atSeconds }) => atSeconds >= 0);
}

function answersOf(cloud: Cloud, { regions }: RecordScope, clock: Clock): DnsAnswer[] {
  return cloud.route53.answerChanges
    .filter((change) => change.type === 'CNAME')
    .map(({ timeUs, values }) => {
      const host = values[0] ?? '';
      const region = [regions.primary, regions.standby].find((candidate) => host.includes(`.${candidate}.`)) ?? host;
      return { fromSeconds: clock(timeUs), region };
    });
}

function timelineOf(cloud: Cloud, scope: RecordScope, clock: Clock, dnsAnswers: readonly DnsAnswer[]): TimelineEntry[] {
  const entries: TimelineEntry[] = dnsAnswers.map(({ fromSeconds, region }) => ({
    atSeconds: fromSeconds,
    kind: 'dns',
    text: `DNS answers with ${region}`,
    region,
  }));
  for (const { timeUs, region, alarmName: name, from, to, reason } of cloud.cloudWatch.history) {
    if (to === 'OK' && from === 'INSUFFICIENT_DATA') continue;
    entries.push({ atSeconds: clock(timeUs), kind: 'alarm', text: `${name} ${to}: ${reason}`, region });
  }
  for (const { timeUs, healthCheckId, healthy } of cloud.route53.statusChanges) {
    const text = `Health check ${cloud.deployment.nameOf(healthCheckId)} is ${healthy ? 'healthy' : 'unhealthy'}`;
    entries.push({ atSeconds: clock(timeUs), kind: 'health-check', text });
  }
  return entries.filter((entry) => entry.atSeconds >= 0).sort((left, right) => left.atSeconds - right.atSeconds);
}

function countAccepted(cloud: Cloud, { regions }: RecordScope): number {
  const query = {
    namespace: METRIC_NAMESPACE,
    name: 'OrdersAccepted' satisfies MetricName,
    dimensions: { service: METRIC_SERVICE },
    statistic: 'Sum',
  };
  return [regions.primary, regions.standby]
    .flatMap((region) => cloud.cloudWatch.series(region, query))
    .reduce((sum, [, value]) => sum + value, 0);
}
