const TERMINAL_REDRAW_MS = 500;
const LOG_LINE_MS = 60_000;

/** Shows on stderr how many runs are done, at what rate, and how long the rest will take. */
export function createSwarmProgress(runs: number): { tell: (isPassed: boolean) => void; end: () => void } {
  const { isTTY } = process.stderr;
  const startedMs = Date.now();
  let shownMs = startedMs;
  let done = 0;
  let failed = 0;
  return {
    tell: (isPassed) => {
      done++;
      if (!isPassed) failed++;
      if (Date.now() - shownMs < (isTTY ? TERMINAL_REDRAW_MS : LOG_LINE_MS)) return;
      shownMs = Date.now();
      const perSecond = done / ((shownMs - startedMs) / 1000);
      const left = Math.ceil((runs - done) / perSecond);
      const text = `${done} of ${runs} runs, ${failed} failed, ${perSecond.toFixed(2)} runs/s, ${left} s left`;
      process.stderr.write(isTTY ? `\r${text}\u001B[K` : `${text}\n`);
    },
    end: () => void (isTTY && process.stderr.write('\r\u001B[K')),
  };
}
