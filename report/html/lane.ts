import type { FaultBand } from '../../gamedays/result';
import { clockTime } from '../quantities';
import { markup, type Markup } from './markup';

/** A stretch of a lane, in seconds of the game day. */
export interface LaneSpan {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** What it looks like: a class of the page's styles. */
  readonly look: string;
  /** What is written in it, as far as there is room. */
  readonly label: string;
  /** What is said about it when it is pointed at or focused. */
  readonly reason?: string;
}

export interface LaneFrame {
  readonly endSeconds: number;
  readonly faults: readonly FaultBand[];
}

/**
 * One lane under the common time axis: a list of its spans, each of which can be reached by keyboard and says its
 * state in words. The fault bands lie behind it.
 */
export function lane(name: string, spans: readonly LaneSpan[], frame: LaneFrame): Markup {
  const shown = spans.filter((span) => span.toSeconds > 0 && span.fromSeconds < frame.endSeconds);
  return markup`<div class="lane">${faultBands(frame)}<ol aria-label="${name}">
${shown.map((span) => spanItem(span, frame.endSeconds))}</ol></div>`;
}

function spanItem({ fromSeconds, toSeconds, look, label, reason }: LaneSpan, endSeconds: number): Markup {
  const [from, to] = [Math.max(0, fromSeconds), Math.min(endSeconds, toSeconds)];
  const side = (from + to) / 2 > endSeconds / 2 ? 'left' : 'right';
  const told = `${label}, ${clockTime(from)} to ${clockTime(to)}${reason === undefined ? '' : `: ${reason}`}`;
  return markup`<li class="${look}" style="${place(from, to, endSeconds)}" tabindex="0"><span class="label" aria-hidden="true">${label}</span><span class="tip to-${side}">${told}</span></li>
`;
}

/** The fault bands as a background; what they are stands in the lane of the faults. */
export function faultBands({ faults, endSeconds }: LaneFrame): Markup {
  const bands = faults.map(
    ({ fromSeconds, toSeconds }) => markup`<i class="band" style="${place(fromSeconds, toSeconds, endSeconds)}"></i>`,
  );
  return markup`<span class="bands" aria-hidden="true">${bands}</span>`;
}

function place(fromSeconds: number, toSeconds: number, endSeconds: number): string {
  const percent = (seconds: number): string => `${Number(((100 * seconds) / endSeconds).toFixed(3))}%`;
  return `left:${percent(fromSeconds)};width:${percent(Math.max(0, toSeconds - fromSeconds))}`;
}
