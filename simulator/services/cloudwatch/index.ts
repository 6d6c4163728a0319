/**
 * CloudWatch: metrics, alarms and dashboards.
 *
 * - `cloudwatch.ts`: the service, the sink of every model's metrics
 * - `metric-store.ts`, `metric-series.ts`, `statistic.ts`: samples, their delay, their statistics
 * - `emf.ts`: metrics inside log lines
 * - `alarm-identity.ts`, `metric-alarm.ts`, `alarm-rule.ts`: what a template says of an alarm, of one metric or composite
 * - `alarm-metrics.ts`, `metric-math.ts`, `metric-math-parser.ts`: expressions over metrics
 * - `alarm-evaluation.ts`: data points to state, a pure function
 * - `alarms.ts`: when alarms are evaluated, what a change of state sets off
 * - `action-suppression.ts`: what holds the actions of a composite alarm back
 * - `dashboards.ts`: what a template says of a dashboard
 * - `alarm-notification.ts`: a change of state in words, for a topic
 */
export { CloudWatch, type CloudWatchOptions, type EmfProblem } from './cloudwatch';
export { alarmNotification, alarmStateChange, type AlarmNotification } from './alarm-notification';
export type { AlarmEvent, AlarmTransition } from './alarms';
export type { AlarmIdentity } from './alarm-identity';
export type { Dashboard } from './dashboards';
export type { AlarmState } from './alarm-evaluation';
export type { MetricAlarmDefinition } from './metric-alarm';
export type { MetricIdentity, MetricQuery } from './metric-store';
export type { MetricPoint } from './metric-series';
