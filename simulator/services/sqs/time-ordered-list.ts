interface Entry<Item> {
  readonly timeUs: number;
  readonly item: Item;
}

/** Items in the order of a time, those of one time in the order in which they came. Most come last and leave first. */
export class TimeOrderedList<Item> {
  private entries: Entry<Item>[] = [];
  private head = 0;

  get firstTimeUs(): number | undefined {
    return this.entries[this.head]?.timeUs;
  }

  insert(timeUs: number, item: Item): void {
    let low = this.head;
    let high = this.entries.length;
    if (high > low && this.entries[high - 1]!.timeUs <= timeUs) low = high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entries[middle]!.timeUs > timeUs) high = middle;
      else low = middle + 1;
    }
    this.entries.splice(low, 0, { timeUs, item });
  }

  /** Takes the first item out. */
  take(): Entry<Item> | undefined {
    const entry = this.entries[this.head];
    if (entry === undefined) return undefined;
    this.head++;
    // The room of what has left is given back now and then, not at every step.
    if (this.head > 1024 && this.head * 2 > this.entries.length) {
      this.entries = this.entries.slice(this.head);
      this.head = 0;
    }
    return entry;
  }
}
