import type { AlarmDefinition, CompositeDefinition } from '../blueprint/alarms';

/** Dollars a month and metric watched (https://aws.amazon.com/cloudwatch/pricing/, us-east-1). */
const STANDARD_DOLLARS = 0.1;
const HIGH_RESOLUTION_DOLLARS = 0.3;
const COMPOSITE_DOLLARS = 0.5;

/** What an alarm costs a month, over the places in which it stands. An alarm on an expression pays for each metric in it. */
export function alarmCost(alarm: AlarmDefinition | CompositeDefinition): number {
  const places = alarm.place === 'serving' ? 2 : 1;
  if ('anyOf' in alarm) return places * COMPOSITE_DOLLARS;
  const metrics = alarm.metric.source === 'expression' ? Object.keys(alarm.metric.metrics).length : 1;
  return places * metrics * (alarm.periodSeconds < 60 ? HIGH_RESOLUTION_DOLLARS : STANDARD_DOLLARS);
}
