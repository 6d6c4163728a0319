/**
 * Every measurement by its name on the command line, in the order of the table.
 *
 * - `order.ts`, `refusal.ts`, `health-invocation.ts`, `memory.ts`, `bundles.ts`: the app as it ships
 * - `sdk-call.ts`, `invocation.ts`, `environment.ts`: one part of the path, on the bench's own functions
 * - `bare-sdk-call.ts`, `dynalite.ts`: the yardsticks
 * - `kernel-events.ts`, `dynamodb-operations.ts`: the simulator's own parts
 * - `synthesis.ts`, `game-day.ts`: a flight, and what comes before it
 * - `long-run.ts`, `all-cores.ts`: many orders, and all cores
 */
import type { Measure } from '../figure';

/** Each is loaded by the process that makes it: no other command waits for what only measurements need. */
export const MEASUREMENTS = {
  order: async () => (await import('./order')).order,
  refusal: async () => (await import('./refusal')).refusal,
  'sdk-call': async () => (await import('./sdk-call')).sdkCall,
  'bare-sdk-call': async () => (await import('./bare-sdk-call')).bareSdkCall,
  invocation: async () => (await import('./invocation')).invocation,
  'health-invocation': async () => (await import('./health-invocation')).healthInvocation,
  environment: async () => (await import('./environment')).environment,
  'kernel-events': async () => (await import('./kernel-events')).kernelEvents,
  'dynamodb-operations': async () => (await import('./dynamodb-operations')).dynamoDbOperations,
  dynalite: async () => (await import('./dynalite')).dynalite,
  memory: async () => (await import('./memory')).memory,
  synthesis: async () => (await import('./synthesis')).synthesis,
  bundles: async () => (await import('./bundles')).bundles,
  'region-loss': async () => (await import('./game-day')).gameDay('region-loss', 12),
  'steady-day': async () => (await import('./game-day')).gameDay('steady-day', 300),
  'long-run': async () => (await import('./long-run')).longRun,
  'all-cores': async () => (await import('./all-cores')).allCores,
} as const satisfies Record<string, () => Promise<Measure>>;

export type MeasurementName = keyof typeof MEASUREMENTS;
export const MEASUREMENT_NAMES = Object.keys(MEASUREMENTS) as readonly MeasurementName[];

/** Those that take minutes each: they are made when they are named. */
const LONG: ReadonlySet<MeasurementName> = new Set(['steady-day', 'long-run', 'all-cores']);
export const USUAL_MEASUREMENTS = MEASUREMENT_NAMES.filter((name) => !LONG.has(name));
