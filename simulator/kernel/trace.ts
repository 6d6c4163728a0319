import { createHash } from 'node:crypto';

/**
 * The record of everything that happened, folded into one digest. Two runs are the same run when their digests are the
 * same. Nothing that could differ between machines may be recorded: no stack text, no signature, no real time.
 */
export class Trace {
  private readonly hash = createHash('sha256');
  private pending: string[] = [];
  private pendingLength = 0;
  private closedDigest: string | undefined;
  /** How many lines have been recorded. */
  count = 0;

  /** @param sink receives every line as text, for a person who debugs. @default - lines are only digested */
  constructor(private readonly sink?: (line: string) => void) {}

  /** Records one line: virtual microseconds, who, what, and what was said. */
  record(timeUs: number, actor: string, operation: string, body = ''): void {
    const line = `${timeUs}|${actor}|${operation}|${body}\n`;
    this.count++;
    this.sink?.(line);
    this.pending.push(line);
    this.pendingLength += line.length;
    if (this.pendingLength > 65_536) this.flush();
  }

  /** The sha256 of all lines, in hexadecimal. Nothing can be recorded after it was asked for. */
  digest(): string {
    if (this.closedDigest === undefined) {
      this.flush();
      this.closedDigest = this.hash.digest('hex');
    }
    return this.closedDigest;
  }

  private flush(): void {
    this.hash.update(this.pending.join(''));
    this.pending = [];
    this.pendingLength = 0;
  }
}
