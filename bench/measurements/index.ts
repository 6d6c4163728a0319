/**
 * Every measurement by its name on the command line, in the order of the table.
 *
 * - `order.ts`, `health-invocation.ts`, `memory.ts`, `bundles.ts`: the app as it ships
 * - `sdk-call.ts`, `invocation.ts`, `environment.ts`: one part of the path, on the bench's own functions
 * - `bare-sdk-call.ts`, `dynalite.ts`: the yardsticks
 * - `kernel-events.ts`, `dynamodb-operations.ts`: the simulator's own parts
 * - `synthesis.ts`, `game-day.ts`: a flight, and what comes before it
 * - `long-run.ts`, `all-cores.ts`: many orders, and all cores
 */
import type { Measure } from '../figure';
import { allCores } from './all-cores';
import { bareSdkCall } from './bare-sdk-call';
import { bundles } from './bundles';
import { dynalite } from './dynalite';
import { dynamoDbOperations } from './dynamodb-operations';
import { environment } from './environment';
import { gameDay } from './game-day';
import { healthInvocation } from './health-invocation';
import { invocation } from './invocation';
import { kernelEvents } from './kernel-events';
import { longRun } from './long-run';
import { memory } from './memory';
import { order } from './order';
import { sdkCall } from './sdk-call';
import { synthesis } from './synthesis';

export const MEASUREMENTS = {
  order,
  'sdk-call': sdkCall,
  'bare-sdk-call': bareSdkCall,
  invocation,
  'health-invocation': healthInvocation,
  environment,
  'kernel-events': kernelEvents,
  'dynamodb-operations': dynamoDbOperations,
  dynalite,
  memory,
  synthesis,
  bundles,
  'region-loss': gameDay('region-loss', 12),
  'steady-day': gameDay('steady-day', 300),
  'long-run': longRun,
  'all-cores': allCores,
} as const satisfies Record<string, Measure>;

export type MeasurementName = keyof typeof MEASUREMENTS;
export const MEASUREMENT_NAMES = Object.keys(MEASUREMENTS) as readonly MeasurementName[];

/** Those that take minutes each: they are made when they are named. */
const LONG: ReadonlySet<MeasurementName> = new Set(['steady-day', 'long-run', 'all-cores']);
export const USUAL_MEASUREMENTS = MEASUREMENT_NAMES.filter((name) => !LONG.has(name));
