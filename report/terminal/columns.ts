/** Words in lines of at most `width` characters; a word that is longer has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** The text in exactly `width` characters; what does not fit ends in an ellipsis. */
export function fit(text: string, width: number): string {
  return clip(text, width).padEnd(width);
}

/** The text in at most `width` characters. */
export function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/**
 * The text on one line and without control characters: a message from a run must not move the cursor, colour the
 * screen or ring the bell.
 */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are the point.
  return text.replace(/\s+/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}
