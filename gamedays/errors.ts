/** A mistake of the person at the keyboard: one line that says what, what was allowed, and what to do. Exit code 2. */
export class GameDayUsageError extends Error {
  override readonly name = 'GameDayUsageError';
}
