import { TerminalWatch, type WatchedRun } from '../../report';
import type { OnProgress } from '../../gamedays';

const REDRAW_MS = 200;

/** Draws a run while it flies: in place on a terminal, and in lines that are appended elsewhere. */
export function createWatch(run: WatchedRun, stream: NodeJS.WriteStream = process.stderr): OnProgress {
  const watch = new TerminalWatch(run);
  let startedMs: number | undefined;
  let drawnLines = 0;
  let drawnMs = 0;
  return (nowSeconds, _endSeconds, activeAlarms) => {
    startedMs ??= Date.now();
    const lines = watch.advance(nowSeconds, activeAlarms(), (Date.now() - startedMs) / 1_000);
    if (!stream.isTTY) {
      for (const line of lines) stream.write(`${line}\n`);
      return;
    }
    // What an alarm has done is drawn at once, mere progress now and then.
    if (lines.length === 0 && Date.now() - drawnMs < REDRAW_MS) return;
    drawnMs = Date.now();
    const picture = watch.picture();
    stream.write(
      `${drawnLines === 0 ? '' : `\u001B[${drawnLines}A`}${picture.map((line) => `${line}\u001B[K\n`).join('')}`,
    );
    drawnLines = picture.length;
  };
}
