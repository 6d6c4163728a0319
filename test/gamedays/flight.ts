import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseConfiguration } from '../../blueprint/configuration';
import { fly, prepareFlight, type Flight, type FlightPlan, type GameDay, type GameDayResult } from '../../gamedays';
import { synthesize } from '../../gamedays/synthesize';
import { readAssembly } from '../../simulator';

export const APP_DIRECTORY = resolve(__dirname, '../..');

/** Synthesizes the app as it is. */
export function planFlight(): Promise<FlightPlan> {
  return prepareFlight(APP_DIRECTORY, {});
}

/** A folder with a fresh cloud assembly, for what runs in a process of its own. */
export async function synthesizeToFolder(): Promise<{ directory: string; remove: () => void }> {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-test-'));
  await synthesize({ appDirectory: APP_DIRECTORY, outputDirectory: directory, context: {} });
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** Reads an assembly that was synthesized before, with the configuration of cdk.json. */
export function planFromFolder(directory: string): FlightPlan {
  const { context } = JSON.parse(readFileSync(join(APP_DIRECTORY, 'cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  };
  return { assembly: readAssembly(directory), configuration: parseConfiguration(context) };
}

export function flyGameDay(
  plan: FlightPlan,
  gameDay: GameDay,
  seed = 1,
  debugging: Flight['debugging'] = {},
): Promise<GameDayResult> {
  return fly({ ...plan, gameDay, seed, replay: 'none', debugging });
}

/** The ids of the checks that failed. */
export function findings(result: GameDayResult): string[] {
  return result.checks.filter((check) => check.verdict === 'fail').map((check) => check.id);
}

/** A minute of calm, a minute of loss, a minute after: enough for the promises, too short for the alarms. */
export function shortRegionLoss(base: GameDay): GameDay {
  const checks = base.expectations.checks.filter((id) => !id.endsWith('-fired'));
  return {
    ...base,
    warmUpSeconds: 60,
    durationSeconds: 180,
    workload: { ...base.workload, ordersPerSecond: 2 },
    faults: [{ fault: 'isolate-region', region: 'primary', fromSeconds: 60, toSeconds: 120 }],
    expectations: { ...base.expectations, checks, mustFire: [] },
  };
}

/** A minute of calm. */
export function shortCalm(base: GameDay): GameDay {
  const checks = base.expectations.checks.filter((id) => !id.endsWith('-fired'));
  return { ...base, warmUpSeconds: 60, durationSeconds: 60, expectations: { ...base.expectations, checks } };
}
