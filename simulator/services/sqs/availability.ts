import type { Kernel, Timer } from '../../kernel/kernel';

/** Tells those who wait for messages that there are some. Several messages of one instant make one call. */
export class Availability {
  private readonly listeners = new Set<() => void>();
  private isAnnounced = false;
  private wakeTimer: Timer | undefined;

  constructor(private readonly kernel: Kernel) {}

  get hasListeners(): boolean {
    return this.listeners.size > 0;
  }

  /** @returns a function that ends it */
  listen(callback: () => void): () => void {
    this.listeners.add(callback);
    return () => void this.listeners.delete(callback);
  }

  announce(): void {
    if (!this.hasListeners || this.isAnnounced) return;
    this.isAnnounced = true;
    this.kernel.after(0, () => {
      this.isAnnounced = false;
      for (const listener of this.listeners) listener();
    });
  }

  /** While someone listens, runs the action at that time, or at an earlier one that was asked for before. */
  wakeAt(timeUs: number | undefined, action: () => void): void {
    if (!this.hasListeners || timeUs === undefined) return;
    if (this.wakeTimer !== undefined && this.wakeTimer.timeUs <= timeUs) return;
    this.kernel.cancel(this.wakeTimer);
    this.wakeTimer = this.kernel.at(timeUs, () => {
      this.wakeTimer = undefined;
      action();
    });
  }
}
