import type { FaultStep } from '../game-day';

/** A provider that takes so many milliseconds for every answer of the day: capacity is about what an order takes. */
export const pacedProvider = (delayMs: number, durationSeconds: number): FaultStep => ({
  fault: 'fail-payments',
  answer: 'slow',
  delayMs,
  share: 1,
  fromSeconds: 0,
  toSeconds: durationSeconds,
});
