/** `03:05`, and `1:02:05` from an hour on: a moment of the game day. A moment of the warm-up has a sign. */
export function clockTime(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'never';
  const whole = Math.round(Math.abs(seconds));
  const pad = (part: number): string => String(part).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const sign = seconds < 0 && whole > 0 ? '−' : '';
  return `${sign}${hours > 0 ? `${hours}:` : ''}${pad(minutes)}:${pad(rest)}`;
}

/** `4.2 s`, `95 s`, `5 min`, `1 h 2 min`: how long something took. What never ended has no number. */
export function duration(seconds: number | null): string {
  // JSON has no infinity: what never ended arrives as null.
  if (seconds === null || !Number.isFinite(seconds)) return 'never';
  if (seconds < 10) return `${trimmed(seconds, 2)} s`;
  if (seconds < 120) return `${trimmed(seconds, 1)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const parts = [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : '', rest > 0 ? `${rest} s` : ''];
  return parts.filter((part) => part !== '').join(' ');
}

/** `12,345`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A value of a series with its unit, as short as it can be read: `4.97 /s`, `1.2 s`, `37 messages`. */
export function amount(value: number | null, unit: string): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (unit === 'ms' && Math.abs(value) >= 1000) return `${trimmed(value / 1000, 2)} s`;
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${trimmed(value, digits)}${unit === '1/s' ? ' /s' : unit === '' ? '' : ` ${unit}`}`;
}

/** `1 order`, `2 orders`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

/** Four digits after the point where cents would say nothing. */
export function dollars(value: number): string {
  return `$${value.toFixed(value < 1 ? 4 : 2)}`;
}
