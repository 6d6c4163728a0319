/**
 * EventBridge: schedules, and events of services.
 *
 * - `event-bridge.ts`: the service
 * - `rule.ts`, `schedule-expression.ts`, `event-pattern.ts`: what a template says of a rule
 */
export { EventBridge, type EventBridgeOptions } from './event-bridge';
export type { EventRule } from './rule';
