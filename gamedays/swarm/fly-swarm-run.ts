import { fly, type FlightPlan } from '../fly';
import type { CheckResult, GameDayResult, OrderCounts } from '../result';
import { swarmGameDay, type SwarmRun } from './swarm-run';

/** What is kept of a run: it crosses from one process to another. */
export interface SwarmOutcome {
  readonly seed: number;
  readonly findings: readonly Pick<CheckResult, 'id' | 'title' | 'measured' | 'bar' | 'details'>[];
  readonly orders: OrderCounts;
  readonly digest: string;
}

/** Flies the run on an assembly of its context. */
export async function flySwarmRun(run: SwarmRun, plan: FlightPlan, replay: string): Promise<GameDayResult> {
  return fly({ ...plan, gameDay: swarmGameDay(run), seed: run.seed, replay });
}

export function outcomeOf({ seed, checks, orders, trace }: GameDayResult): SwarmOutcome {
  const findings = checks
    .filter((check) => check.verdict === 'fail')
    .map(({ id, title, measured, bar, details }) => ({ id, title, measured, bar, details }));
  return { seed, findings, orders, digest: trace.digest };
}
