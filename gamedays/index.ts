/**
 * Game days: drills as data, flown on a target, judged by checks.
 *
 * - `catalogue.ts`, `scenarios/`: every drill, with its hypothesis and what must be seen
 * - `workloads/`: who uses the system meanwhile
 * - `targets/`: the systems a drill can be flown on
 * - `checks/`: the questions that decide
 * - `stop-conditions.ts`: what calls a drill off
 * - `run-game-day.ts`: gathers, judges, returns the document of `result.ts`
 * - `configured-day.ts`: what a setting changes about a drill
 * - `calm.ts`: when a system is itself again
 * - `scaled-assembly.ts`: the app as it ships, of another size; `unregulated.ts`: or without regulation
 * - `fly.ts`, `synthesize.ts`: from the app to a flight in the embedded cloud; `one-process-a-core.ts`: many at a time
 */
export { isDoneInTime, secondsUntilCalm } from './calm';
export { CATALOGUE } from './catalogue';
export { CHECKS } from './checks';
export { GameDayUsageError } from './errors';
export { configuredDay } from './configured-day';
export { fly, flightParameters, prepareFlight, readConfiguration, type Flight, type FlightPlan } from './fly';
export type { GameDay } from './game-day';
export type { GameDayResult } from './result';
export { ONE_PROCESS_A_CORE, START } from './one-process-a-core';
export { percentile } from './percentile';
export { runGameDay, toBand, type OnProgress } from './run-game-day';
export { scaledAssembly, type AssemblyScale } from './scaled-assembly';
export { synthesize } from './synthesize';
export { stopConditionsOf } from './stop-conditions';
export { SimulatedTarget } from './targets/simulated-target';
export { UNREGULATED } from './unregulated';
