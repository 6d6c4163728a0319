import type { ChartSheet, SheetChart } from '../../report/chart-sheet';
import { groupBySeed } from './overload-bars';
import { endOf, WINDOW_SECONDS, type OverloadFigures } from './overload-figures';
import type { OverloadRow } from './overload-row';

/** The figures as a sheet of charts: what share of the optimum is done by load and policy, and who is served as time goes by. */
export function overloadSheet(figures: readonly OverloadFigures[], command: string): ChartSheet {
  const groups = groupBySeed(figures);
  const charts = [false, true].flatMap((hasDrop) => [
    byLoad(groups, hasDrop, 'Total', ({ total }) => total),
    byLoad(groups, hasDrop, 'The important class', ({ byClass }) => byClass[0] ?? null),
  ]);
  return {
    schemaVersion: 1,
    kind: 'chart-sheet',
    title: 'Overload: what is done, of what a clairvoyant could have done',
    summary: `${figures.length} rows of the bench, means over their seeds. Loads are multiples of the capacity; the slow minute is one at 30 % of it.`,
    command,
    charts: [...charts.filter(({ lines }) => lines.length > 0), ...overTime(groups)],
  };
}

type Group = readonly OverloadFigures[];

function byLoad(
  groups: readonly Group[],
  hasDrop: boolean,
  what: string,
  of: (figures: OverloadFigures) => number | null,
): SheetChart {
  const rows = groups.filter(
    ([first]) => first!.row.load >= 1 && first!.row.hasDrop === hasDrop && isPlain(first!.row),
  );
  const loads = [...new Set(rows.map(([first]) => first!.row.load))].toSorted((left, right) => left - right);
  const policies = [...new Set(rows.map(([first]) => nameOf(first!.row)))];
  return {
    look: 'lines',
    title: `${what}, ${hasDrop ? 'with a slow minute' : 'without a slow minute'}`,
    unit: '',
    places: loads.map((load) => `${load}x`),
    lines: policies.map((name) => ({
      name,
      values: loads.map((load) => {
        const group = rows.find(([first]) => first!.row.load === load && nameOf(first!.row) === name);
        return group === undefined ? null : mean(group.map(of));
      }),
    })),
  };
}

/** Who is served in time, by when the order began: a chart for each load that was flown with a slow minute or an outage. */
function overTime(groups: readonly Group[]): SheetChart[] {
  const kindOf = ({ load, hasDrop, hasOutage = false }: OverloadRow): string =>
    `${load} times the capacity${hasDrop ? ', with a slow minute' : ''}${hasOutage ? ', with an outage' : ''}`;
  const wanted = groups.filter(([first]) => first!.row.isShort !== true && first!.row.hasJitter);
  return [...new Set(wanted.map(([first]) => kindOf(first!.row)))].map((kind) => {
    const rows = wanted.filter(([first]) => kindOf(first!.row) === kind);
    const count = Math.max(...rows.flat().map(({ goodByWindow }) => goodByWindow.length));
    const endSeconds = endOf(rows[0]![0]!.row);
    return {
      look: 'lines',
      title: `Orders done in time, by when they began: ${kind}, over after ${endSeconds} s`,
      unit: 'share',
      places: Array.from({ length: count }, (_, window) => `${window * WINDOW_SECONDS} s`),
      lines: rows.map((group) => ({
        name: nameOf(group[0]!.row),
        values: Array.from({ length: count }, (_, window) =>
          mean(group.map(({ goodByWindow }) => goodByWindow[window] ?? null)),
        ),
      })),
    };
  });
}

const isPlain = ({ isShort = false, hasOutage = false }: OverloadRow): boolean => !isShort && !hasOutage;

function nameOf({ policy, variant, hasJitter }: OverloadRow): string {
  return [policy, ...(variant === undefined ? [] : [variant]), ...(hasJitter ? [] : ['no jitter'])].join(', ');
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
