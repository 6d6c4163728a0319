import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CAPACITY } from '../blueprint/capacity';
import { ConfigurationError, parseConfiguration, type Configuration } from '../blueprint/configuration';
import type { LoadSheddingPolicy } from '../blueprint/load-shedding';
import { stackName } from '../blueprint/names';
import { readAssembly, type Assembly } from '../simulator';
import { configuredDay } from './configured-day';
import { GameDayUsageError } from './errors';
import type { Counterpart, GameDay, GameDayScale } from './game-day';
import type { CounterpartResult, GameDayResult } from './result';
import { runGameDay, type OnProgress } from './run-game-day';
import { scaledAssembly, type AssemblyScale } from './scaled-assembly';
import { synthesize } from './synthesize';
import { SimulatedTarget, type SimulatedTargetOptions } from './targets/simulated-target';

export interface FlightPlan {
  readonly assembly: Assembly;
  readonly configuration: Configuration;
}

/**
 * Synthesizes the app with the given context, or reads an assembly that has been synthesized before.
 *
 * @throws GameDayUsageError in one line for a configuration that is refused
 */
export async function prepareFlight(
  appDirectory: string,
  context: Readonly<Record<string, string>>,
  assemblyDirectory?: string,
): Promise<FlightPlan> {
  const configuration = readConfiguration(appDirectory, context);
  if (assemblyDirectory !== undefined)
    return { assembly: readFinished(assemblyDirectory, configuration), configuration };
  const outputDirectory = mkdtempSync(join(tmpdir(), 'tandem-'));
  try {
    await synthesize({ appDirectory, outputDirectory, context });
    return { assembly: readAssembly(outputDirectory), configuration };
  } finally {
    rmSync(outputDirectory, { recursive: true, force: true });
  }
}

/** Reads an assembly and refuses one that was synthesized with another configuration. */
function readFinished(directory: string, { stage, primaryRegion, standbyRegion }: Configuration): Assembly {
  const assembly = readAssembly(directory);
  const found = assembly.stacks.map((stack) => stack.stackName);
  for (const region of [primaryRegion, standbyRegion]) {
    const wanted = stackName(stage, `Service-${region}`);
    if (found.includes(wanted)) continue;
    throw new GameDayUsageError(
      `The assembly in ${directory} was synthesized with another configuration: it has no stack ${wanted}, only ${found.join(', ')}. Synthesize it again, or give the same -c options.`,
    );
  }
  return assembly;
}

export interface Flight extends FlightPlan {
  readonly gameDay: GameDay;
  readonly seed: number;
  readonly replay: string;
  /** @default - nothing */
  readonly debugging?: SimulatedTargetOptions['debugging'];
  readonly onProgress?: OnProgress;
  /** Whether a day that has a counterpart is flown without what it shows, too. @default false */
  readonly withCounterpart?: boolean;
}

/** What is chosen before the run, for the person who reads along. */
export function flightParameters({
  gameDay,
  configuration,
}: Pick<Flight, 'gameDay' | 'configuration'>): GameDayResult['parameters'] {
  return {
    stage: configuration.stage,
    routing: configuration.routing,
    consistency: configuration.consistency,
    accountConcurrency:
      gameDay.scale === undefined ? CAPACITY[configuration.stage].accountConcurrencyMin : SCALED_ACCOUNT_CONCURRENCY,
    ...(gameDay.scale === undefined ? {} : { workers: gameDay.scale.workers }),
    ordersPerSecond: gameDay.workload.ordersPerSecond,
    warmUpSeconds: gameDay.warmUpSeconds,
    durationSeconds: gameDay.durationSeconds,
  };
}

/** Lambda's default quota of a region, which a day of another size assumes. */
const SCALED_ACCOUNT_CONCURRENCY = 1_000;
/** So many times what the workers decide passes the fence of a day of another size. */
const OPEN_FENCE_FACTOR = 50;

function scaleOf({ workers, orderMs }: GameDayScale, loadShedding: Partial<LoadSheddingPolicy> = {}): AssemblyScale {
  const rate = (OPEN_FENCE_FACTOR * workers * 1_000) / orderMs;
  return {
    workers,
    loadShedding: { nominalServiceMs: orderMs, ...loadShedding },
    throttleOf: () => ({ requestsPerSecond: rate, burst: rate }),
  };
}

/** Flies one game day in the embedded cloud, as it is under the configuration of the flight. */
export async function fly(asked: Flight): Promise<GameDayResult> {
  const flight = { ...asked, gameDay: configuredDay(asked.gameDay, asked.configuration) };
  const result = await flyOnce(flight);
  const { counterpart } = flight.gameDay;
  if (counterpart === undefined || flight.withCounterpart !== true) return result;
  return { ...result, counterpart: await flyCounterpart(flight, counterpart) };
}

async function flyCounterpart(flight: Flight, counterpart: Counterpart): Promise<CounterpartResult> {
  const { without, loadShedding, durationSeconds, faults } = counterpart;
  const { expectations, ...day } = flight.gameDay;
  const gameDay: GameDay = {
    ...day,
    durationSeconds,
    faults,
    expectations: { ...expectations, checks: [], mustFire: [] },
  };
  const result = await flyOnce({ ...flight, gameDay }, loadShedding);
  const { recovery, series, trace } = result;
  return {
    without,
    durationSeconds,
    recovery,
    faults: result.faults,
    series: series.filter(({ chart }) => chart === 'done-in-time'),
    trace,
  };
}

async function flyOnce(flight: Flight, loadShedding?: Partial<LoadSheddingPolicy>): Promise<GameDayResult> {
  const { gameDay, assembly, configuration, seed, replay, debugging, onProgress } = flight;
  const { scale, warmUpSeconds } = gameDay;
  const target = new SimulatedTarget({
    assembly: scale === undefined ? assembly : scaledAssembly(assembly, scaleOf(scale, loadShedding)),
    configuration,
    seed,
    warmUpSeconds,
    ...(scale === undefined ? {} : { accountConcurrency: SCALED_ACCOUNT_CONCURRENCY }),
    ...(debugging === undefined ? {} : { debugging }),
  });
  return runGameDay({
    gameDay,
    target,
    seed,
    parameters: flightParameters(flight),
    replay,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}

/**
 * The settings of cdk.json with those that win over them, as the app reads them.
 *
 * @throws GameDayUsageError in one line for a setting that is refused
 */
export function readConfiguration(appDirectory: string, context: Readonly<Record<string, string>>): Configuration {
  const cdkJson = JSON.parse(readFileSync(join(appDirectory, 'cdk.json'), 'utf8')) as {
    context?: Record<string, unknown>;
  };
  try {
    return parseConfiguration({ ...cdkJson.context, ...context });
  } catch (error) {
    if (error instanceof ConfigurationError) throw new GameDayUsageError(error.message);
    throw error;
  }
}
