/**
 * Every measurement by its name on the command line, in the order of the table.
 *
 * - `order.ts`, `health-invocation.ts`, `memory.ts`, `bundles.ts`: the app as it ships
 * - `sdk-call.ts`, `invocation.ts`, `environment.ts`: one part of the path, on the bench's own functions
 * - `bare-sdk-call.ts`: the yardstick
 * - `kernel-events.ts`, `dynamodb-operations.ts`: the simulator's own parts
 * - `synthesis.ts`: what comes before a flight
 */
import type { Measure } from '../figure';
import { bareSdkCall } from './bare-sdk-call';
import { bundles } from './bundles';
import { dynamoDbOperations } from './dynamodb-operations';
import { environment } from './environment';
import { healthInvocation } from './health-invocation';
import { invocation } from './invocation';
import { kernelEvents } from './kernel-events';
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
  memory,
  synthesis,
  bundles,
} as const satisfies Record<string, Measure>;

export type MeasurementName = keyof typeof MEASUREMENTS;
export const MEASUREMENT_NAMES = Object.keys(MEASUREMENTS) as readonly MeasurementName[];
