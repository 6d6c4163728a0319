import type { GameDayResult } from '../gamedays/result';
import { plural } from './quantities';
import type { Change, ChangedCheck, ResultComparison } from './result-comparison';
import { clip, fit, plain } from './terminal/columns';
import { inkOf, type Ink } from './terminal/ink';
import type { TerminalReportOptions } from './terminal-report';

const WIDTH = 100;
/** A page of 60 lines has room for so many changes of one kind. */
const CHANGES_MAX = 7;
const WHAT_WIDTH = 46;

/** What is different between two runs, on one page of at most 60 lines and 100 columns. */
export function terminalComparison(
  comparison: ResultComparison,
  { isColoured = false }: TerminalReportOptions = {},
): string {
  const ink = inkOf(isColoured);
  const { before, after, isSameRun, worse, better, measuredOtherwise } = comparison;
  const blocks = [
    [headline(comparison, ink), runLine('Before', before, ink), runLine('After', after, ink)],
    isSameRun ? ['The traces are equal: it is the same run.'] : [],
    section(
      'Worse',
      worse.flatMap((check) => checkLines(ink.bad('worse'), check, ink)),
      ink,
      2,
    ),
    section(
      'Better',
      better.flatMap((check) => checkLines(ink.good('better'), check, ink)),
      ink,
      2,
    ),
    section('Settings', comparison.parameters.map(changeLine), ink),
    section('Recovery', comparison.recovery.map(changeLine), ink),
    section('Orders', comparison.orders.map(changeLine), ink),
    section('Requests', comparison.requests.map(changeLine), ink),
    section('Alarms', comparison.alarms.map(changeLine), ink),
    section('Checks with the same verdict', measuredOtherwise.map(asChange).map(changeLine), ink),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n')}\n`;
}

function headline({ before, after, worse, better }: ResultComparison, ink: Ink): string {
  const word =
    worse.length > 0
      ? ink.bad(ink.strong('WORSE'))
      : better.length > 0
        ? ink.good(ink.strong('BETTER'))
        : ink.strong('AS GOOD');
  const verdicts =
    before.verdict === after.verdict ? `both ${after.verdict}` : `${before.verdict}, and now ${after.verdict}`;
  const moved = `${plural(worse.length, 'check')} worse, ${better.length} better`;
  return `${word}  ${plain(after.gameDay.name)}: ${verdicts}; ${moved}`;
}

const runLine = (label: string, { seed, trace, checks, regions }: GameDayResult, ink: Ink): string => {
  const held = checks.filter(({ verdict }) => verdict === 'pass').length;
  const text = `seed ${seed}, ${regions.primary} and ${regions.standby}, ${held} of ${plural(checks.length, 'check')} hold, trace ${trace.digest.slice(0, 12)}`;
  return `${ink.quiet(label.padEnd(8))}${clip(plain(text), WIDTH - 8)}`;
};

function checkLines(sign: string, { title, before, after }: ChangedCheck, ink: Ink): string[] {
  return [
    `  ${sign}  ${clip(plain(title), WIDTH - 10)}`,
    `         ${ink.quiet(clip(`${plain(before)} → ${plain(after)}`, WIDTH - 9))}`,
  ];
}

const asChange = ({ title, before, after }: ChangedCheck): Change => ({ what: title, before, after });

const changeLine = ({ what, before, after }: Change): string =>
  clip(`  ${fit(plain(what), WHAT_WIDTH)}  ${plain(before)} → ${plain(after)}`, WIDTH);

/** @param linesEach how many lines one change takes */
function section(title: string, lines: readonly string[], ink: Ink, linesEach = 1): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, CHANGES_MAX * linesEach);
  const left = (lines.length - shown.length) / linesEach;
  return [ink.strong(title), ...shown, ...(left === 0 ? [] : [ink.quiet(`  and ${left} more`)])];
}
