import type { Kernel } from '../../kernel/kernel';
import type { MessageState } from './message';

type Counts = Readonly<Record<MessageState, number>>;

/**
 * The counts that GetQueueAttributes tells: those of a moment not long ago, the same to whoever asks within a while. The
 * service says only that they are approximate, and consistent a minute after the last change. Source:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
export class ApproximateCounts {
  private readonly lagUs: number;
  private period = -1;
  private known: Counts = { delayed: 0, visible: 0, inFlight: 0 };

  constructor(
    private readonly kernel: Kernel,
    lagSeconds: number,
  ) {
    this.lagUs = lagSeconds * 1_000_000;
  }

  /** To be called before each change: the first of a period keeps what was there when it began. */
  note(counts: Counts): void {
    if (this.lagUs === 0) return;
    const period = Math.floor(this.kernel.nowUs / this.lagUs);
    if (period === this.period) return;
    this.period = period;
    this.known = { ...counts };
  }

  read(counts: Counts): Counts {
    if (this.lagUs === 0) return counts;
    this.note(counts);
    return this.known;
  }
}
