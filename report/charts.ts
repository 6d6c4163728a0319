import type { FaultBand, GameDayResult, Series } from '../gamedays/result';
import { roleOf, type RegionRole } from './story';

/** Series that share an axis: those of one `chart` with one unit. */
export interface Chart {
  readonly title: string;
  readonly unit: string;
  /** Values reach over so many magnitudes that a linear axis would hide all but the highest. */
  readonly isLogarithmic: boolean;
  /** Where its axis ends. @default - with all the others */
  readonly endSeconds?: number;
  readonly lines: readonly ChartLine[];
}

export interface ChartLine {
  readonly name: string;
  readonly region: string | undefined;
  /** The role is the colour of the line. */
  readonly role: RegionRole;
  /** Which of the lines of its colour in this chart it is, from 0: the dash of the line. */
  readonly dash: number;
  readonly points: Series['points'];
  readonly figures: LineFigures;
}

/** Means over the phases of the game day, and the highest value; null where there is no value. */
export interface LineFigures {
  readonly before: number | null;
  readonly during: number | null;
  readonly after: number | null;
  readonly highest: number | null;
}

/** From this ratio of the highest to the lowest value on, the axis is logarithmic. */
const LOGARITHMIC_RATIO = 100;

/** What the day would have been without something, and what it was, on an axis of its own. */
export function counterpartChart({ counterpart, series, regions }: GameDayResult): Chart | undefined {
  if (counterpart === undefined) return undefined;
  const { without, faults, durationSeconds } = counterpart;
  const named = (name: string, lines: readonly Series[]): Series[] =>
    lines.filter(({ chart }) => chart === 'done-in-time').map((line) => ({ ...line, name }));
  const lines = [...named(`with ${without}`, series), ...named(`without ${without}`, counterpart.series)];
  const chart = chartsOf({ series: lines, regions, faults })[0];
  // The role is the colour, and nothing here belongs to a region.
  const roles: readonly RegionRole[] = ['primary', 'standby'];
  return (
    chart && {
      ...chart,
      endSeconds: durationSeconds,
      lines: chart.lines.map((line, index) => ({ ...line, role: roles[index] ?? 'none', dash: index })),
    }
  );
}

/** The charts of a result, in the order in which its series name them. */
export function chartsOf({ series, regions, faults }: Pick<GameDayResult, 'series' | 'regions' | 'faults'>): Chart[] {
  const groups = new Map<string, Series[]>();
  for (const one of series) {
    const key = JSON.stringify([one.chart, one.unit]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const lines: ChartLine[] = [];
    for (const { name, region, points } of group) {
      const role = roleOf(regions, region);
      const dash = lines.filter((line) => line.role === role).length;
      lines.push({ name, region, role, dash, points, figures: figuresOf(points, faults) });
    }
    const { chart, unit } = group[0]!;
    return { title: titleOf(chart), unit, isLogarithmic: spansMagnitudes(group), lines };
  });
}

function titleOf(chart: string): string {
  const words = chart.replaceAll('-', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function spansMagnitudes(group: readonly Series[]): boolean {
  let [lowest, highest] = [Infinity, 0];
  for (const { points } of group) {
    for (const [, value] of points) {
      if (value === null) continue;
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
  }
  return lowest > 0 && highest / lowest >= LOGARITHMIC_RATIO;
}

function figuresOf(points: Series['points'], faults: readonly FaultBand[]): LineFigures {
  const beginSeconds = Math.min(...faults.map((fault) => fault.fromSeconds));
  const endSeconds = Math.max(...faults.map((fault) => fault.toSeconds));
  const valuesWhere = (isWanted: (seconds: number) => boolean): number[] =>
    points.flatMap(([seconds, value]) => (value !== null && isWanted(seconds) ? [value] : []));
  const all = valuesWhere(() => true);
  return {
    before: mean(valuesWhere((seconds) => seconds < beginSeconds)),
    during: mean(valuesWhere((seconds) => seconds >= beginSeconds && seconds < endSeconds)),
    after: mean(valuesWhere((seconds) => seconds >= beginSeconds && seconds >= endSeconds)),
    highest: all.length === 0 ? null : all.reduce((left, right) => Math.max(left, right)),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
