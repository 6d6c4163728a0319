import type { Blueprint } from '../blueprint';

/**
 * Every alarm can fire, says why, and has an owner and a page to read. CloudWatch refuses M > N, and windows over one day
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html).
 */
export function alarmsAreComplete({ alarms, services }: Blueprint): string[] {
  const failures: string[] = [];
  const ids = alarms.map(({ id }) => id);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) {
    failures.push(`Two alarms are called ${id}.`);
  }
  for (const alarm of alarms) {
    for (const field of ['thresholdWhy', 'missingDataWhy', 'owner', 'runbook'] as const) {
      if (alarm[field].trim() === '') failures.push(`The alarm ${alarm.id} has no ${field}.`);
    }
    if (!services.some(({ name }) => name === alarm.service)) {
      failures.push(`The alarm ${alarm.id} is about ${alarm.service}, which is no service.`);
    }
    if (alarm.datapointsToAlarm > alarm.evaluationPeriods || alarm.datapointsToAlarm < 1) {
      failures.push(
        `The alarm ${alarm.id} wants ${alarm.datapointsToAlarm} points of ${alarm.evaluationPeriods}: it can never fire.`,
      );
    }
    if (alarm.periodSeconds * alarm.evaluationPeriods > 86_400) {
      failures.push(`The alarm ${alarm.id} looks at more than one day, which CloudWatch refuses.`);
    }
  }
  return failures;
}
