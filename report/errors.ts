/** A mistake that one line explains: what, what was found, what to do. The command line prints `message` and exits with 2. */
export class ReportError extends Error {
  override readonly name: string = 'ReportError';
}

/** The document is no game-day result of a version that this report knows. */
export class UnknownResultError extends ReportError {
  override readonly name = 'UnknownResultError';
}

/** Two documents that do not speak of the same game day. */
export class IncomparableResultsError extends ReportError {
  override readonly name = 'IncomparableResultsError';
}

/** The file that was named holds no document. */
export class UnreadableResultError extends ReportError {
  override readonly name = 'UnreadableResultError';
}

/** The report could not be put where it was asked for. */
export class ReportWriteError extends ReportError {
  override readonly name = 'ReportWriteError';
}
