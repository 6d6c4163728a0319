/**
 * CloudWatch: metrics and alarms.
 *
 * - `cloudwatch.ts`: the service, the sink of every model's metrics
 * - `metric-store.ts`, `metric-series.ts`, `statistic.ts`: samples, their delay, their statistics
 * - `emf.ts`: metrics inside log lines
 * - `metric-alarm.ts`: what a template says of an alarm
 * - `alarm-evaluation.ts`: data points to state, a pure function
 * - `alarms.ts`: when alarms are evaluated, what a change of state sets off
 */
export { CloudWatch, type CloudWatchOptions, type EmfProblem } from './cloudwatch';
export type { AlarmEvent, AlarmTransition } from './alarms';
export type { AlarmState } from './alarm-evaluation';
export type { AlarmIdentity, MetricAlarmDefinition } from './metric-alarm';
export type { MetricIdentity, MetricQuery } from './metric-store';
export type { MetricPoint } from './metric-series';
