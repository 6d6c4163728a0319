/** A moment in virtual time at which something happens. */
export interface ScheduledEvent {
  readonly timeUs: number;
  readonly sequence: number;
  action: (() => void) | undefined;
}

/** A binary heap of events, ordered by time and, within one microsecond, by the order in which they were scheduled. */
export class EventQueue {
  private readonly heap: ScheduledEvent[] = [];

  get size(): number {
    return this.heap.length;
  }

  peek(): ScheduledEvent | undefined {
    return this.heap[0];
  }

  push(event: ScheduledEvent): void {
    const heap = this.heap;
    let index = heap.length;
    heap.push(event);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const other = heap[parent]!;
      if (!isBefore(event, other)) break;
      heap[index] = other;
      index = parent;
    }
    heap[index] = event;
  }

  pop(): ScheduledEvent | undefined {
    const heap = this.heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    this.siftDown(last);
    return first;
  }

  private siftDown(event: ScheduledEvent): void {
    const heap = this.heap;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, event)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = event;
  }
}

function isBefore(left: ScheduledEvent, right: ScheduledEvent): boolean {
  return left.timeUs < right.timeUs || (left.timeUs === right.timeUs && left.sequence < right.sequence);
}
