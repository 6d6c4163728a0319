import type { CounterpartResult, RecoveryObjectives } from '../gamedays/result';
import { duration } from './quantities';

/** What it is worth that the day shows: how long until calm, with and without. */
export function counterpartText(
  { without, durationSeconds, recovery }: CounterpartResult,
  { calmAfterSeconds }: RecoveryObjectives,
): string {
  return `With ${without} everybody was served as before ${when(calmAfterSeconds)}; without it ${when(recovery.calmAfterSeconds, durationSeconds)}. An order that is done after its caller has lost patience counts as not served.`;
}

function when(seconds: number | null | undefined, watchedSeconds?: number): string {
  if (typeof seconds === 'number') return `${duration(seconds)} after the cause was gone`;
  return watchedSeconds === undefined
    ? 'not within the day'
    : `not within the ${duration(watchedSeconds)} it was watched`;
}
