import type { AlarmDefinition, CompositeDefinition } from '../blueprint/alarms';
import { PRICES } from './cost/prices';

/** What an alarm costs a month, over the places in which it stands. An alarm on an expression pays for each metric in it. */
export function alarmCost(alarm: AlarmDefinition | CompositeDefinition): number {
  const places = alarm.place === 'serving' ? 2 : 1;
  if ('anyOf' in alarm) return places * PRICES.compositeAlarm.dollars;
  const metrics = alarm.metric.source === 'expression' ? Object.keys(alarm.metric.metrics).length : 1;
  const price = alarm.periodSeconds < 60 ? PRICES.highResolutionAlarmMetric : PRICES.alarmMetric;
  return places * metrics * price.dollars;
}
