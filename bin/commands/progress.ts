const REDRAW_MS = 200;

/**
 * A line that shows how far a run is and how long it will take, redrawn in place on a terminal. Elsewhere it stays
 * silent, so that logs hold results only.
 */
export function createProgress(title: string): (nowSeconds: number, endSeconds: number) => void {
  const startedMs = Date.now();
  let drawnMs = 0;
  return (nowSeconds, endSeconds) => {
    if (!process.stderr.isTTY) return;
    const isDone = nowSeconds >= endSeconds;
    if (!isDone && Date.now() - drawnMs < REDRAW_MS) return;
    drawnMs = Date.now();
    const share = Math.min(1, nowSeconds / endSeconds);
    const leftSeconds = share === 0 ? 0 : ((Date.now() - startedMs) / 1000) * (1 / share - 1);
    const bar = '█'.repeat(Math.round(share * 30)).padEnd(30, '░');
    const text = `${title} ${bar} ${Math.round(nowSeconds)} of ${endSeconds} virtual s, ${leftSeconds.toFixed(0)} s left`;
    process.stderr.write(isDone ? '\r\u001B[K' : `\r${text}\u001B[K`);
  };
}
