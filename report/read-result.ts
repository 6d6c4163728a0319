import { readFileSync } from 'node:fs';
import type { GameDayResult } from '../gamedays/result';
import { UnreadableResultError } from './errors';
import { knownResult } from './known-result';

/**
 * Reads a result that a game day has written.
 *
 * @throws UnreadableResultError for a file that is not there or holds no JSON; UnknownResultError for one of another version
 */
export function readResult(file: string): GameDayResult {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as { readonly code?: string };
    const reason = code === 'ENOENT' ? 'there is no such file' : error instanceof SyntaxError ? 'it is no JSON' : code;
    throw new UnreadableResultError(
      `Cannot read a result from "${file}": ${reason}. Write one with tandem gameday run NAME --json ${file}.`,
    );
  }
  return knownResult(document);
}
