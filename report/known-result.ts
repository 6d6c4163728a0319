import type { GameDayResult } from '../gamedays/result';
import { UnknownResultError } from './errors';

const KNOWN_SCHEMA_VERSIONS: readonly unknown[] = [1];

/**
 * The document as a result, if it is one of a version that the reports know. Guessing at another version would draw
 * a wrong picture with a straight face.
 *
 * @throws UnknownResultError with one line for the person who passed the document
 */
export function knownResult(document: unknown): GameDayResult {
  const version: unknown =
    typeof document === 'object' && document !== null
      ? (document as Record<string, unknown>)['schemaVersion']
      : undefined;
  if (KNOWN_SCHEMA_VERSIONS.includes(version)) return document as GameDayResult;
  const found = version === undefined ? 'no schemaVersion' : `schemaVersion ${JSON.stringify(version)}`;
  throw new UnknownResultError(
    `This is not a game-day result that can be reported: found ${found}, known is ${KNOWN_SCHEMA_VERSIONS.join(', ')}. ` +
      'Run the game day again with this version of Tandem, or report with the version that wrote the result.',
  );
}
