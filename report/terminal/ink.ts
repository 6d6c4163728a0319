/** How a piece of text stands out. Colour only repeats what words and signs already say. */
export interface Ink {
  readonly good: Pen;
  readonly bad: Pen;
  readonly strong: Pen;
  readonly quiet: Pen;
}

export type Pen = (text: string) => string;

/** ANSI select graphic rendition, or none at all. */
export function inkOf(isColoured: boolean): Ink {
  const pen =
    (on: number, off: number): Pen =>
    (text) =>
      isColoured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { good: pen(32, 39), bad: pen(31, 39), strong: pen(1, 22), quiet: pen(2, 22) };
}
