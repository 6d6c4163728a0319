/**
 * EventBridge: schedules.
 *
 * - `event-bridge.ts`: the service
 * - `rule.ts`, `schedule-expression.ts`: what a template says of a rule
 */
export { EventBridge, type EventBridgeOptions } from './event-bridge';
export type { ScheduledRule } from './rule';
