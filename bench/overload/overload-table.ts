import { convergenceOf, groupBySeed } from './overload-bars';
import type { OverloadFigures } from './overload-figures';

const HEAD = [
  'load',
  'drop',
  'policy',
  'seeds',
  'total',
  'P0',
  'P1',
  'P2',
  'util',
  'p50/p99 s',
  'P0 p50/p99 s',
  'missed %',
  'attempts',
  'converged s',
  'recovery s',
  'wasted',
  'writes/s',
] as const;

/** The table of the bench, in Markdown: means over the seeds. A class whose optimum is nothing shows what it got, in brackets. */
export function overloadTable(figures: readonly OverloadFigures[]): string {
  const rows = groupBySeed(figures).map(cellsOf);
  const lines = [HEAD, HEAD.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellsOf(group: readonly OverloadFigures[]): string[] {
  const { row } = group[0]!;
  const mean = (of: (each: OverloadFigures) => number): number =>
    group.reduce((sum, each) => sum + of(each), 0) / group.length;
  const ofClass = (each: 0 | 1 | 2): string =>
    group.some(({ byClass }) => byClass[each] === undefined)
      ? `(${mean(({ good }) => good[each]).toFixed(0)})`
      : mean(({ byClass }) => byClass[each]!).toFixed(2);
  const seconds = (p50: number, p99: number): string => `${p50.toFixed(1)} / ${p99.toFixed(1)}`;
  const recovery = group.some(({ recoverySeconds }) => recoverySeconds === undefined)
    ? 'never'
    : mean(({ recoverySeconds }) => recoverySeconds!).toFixed(0);
  const happening = row.hasOutage === true ? 'outage' : row.hasDrop ? '60 s to 30 %' : 'none';
  const policy = [
    row.policy,
    ...(row.variant === undefined ? [] : [row.variant]),
    ...(row.hasJitter ? [] : ['no jitter']),
  ];
  return [
    `${row.load}x`,
    happening,
    policy.join(', '),
    String(group.length),
    mean(({ total }) => total).toFixed(2),
    ofClass(0),
    ofClass(1),
    ofClass(2),
    mean(({ utilisation }) => utilisation).toFixed(2),
    seconds(
      mean(({ latency }) => latency.p50),
      mean(({ latency }) => latency.p99),
    ),
    seconds(
      mean(({ latencyP0 }) => latencyP0.p50),
      mean(({ latencyP0 }) => latencyP0.p99),
    ),
    (100 * mean(({ missed }) => missed)).toFixed(1),
    mean(({ attemptsPerOrder }) => attemptsPerOrder).toFixed(2),
    row.load > 1 ? (convergenceOf(group)?.toFixed(0) ?? 'never') : '',
    recovery,
    mean(({ wastedCalls }) => wastedCalls).toFixed(0),
    mean(({ controlWritesPerSecond }) => controlWritesPerSecond).toFixed(0),
  ];
}
