/**
 * From the result of a game day to what a person reads. Knows nothing but the versioned document.
 *
 * - `terminal-report.ts`, `terminal/`: a page of text; `terminal-watch.ts`: a run while it flies
 * - `html-report.ts`, `html/`: one file for the browser, a part of the page each, in the frame that all pages have
 * - `chart-sheet.ts`, `chart-sheet-html.ts`: charts that no game day tells: the document, and its page
 * - `page/`: what runs and styles it there, and the module that reads it
 * - `story.ts`, `charts.ts`, `quantities.ts`: what both say and how they say it
 * - `result-comparison.ts`, `terminal-comparison.ts`: what is different between two runs
 * - `known-result.ts`, `read-result.ts`: refuse a document of another version, and a file that is none
 * - `write-report.ts`: puts a report on disk, whole or not at all
 * - `errors.ts`: what can go wrong, in one line each
 */
export {
  IncomparableResultsError,
  ReportError,
  ReportWriteError,
  UnknownResultError,
  UnreadableResultError,
} from './errors';
export type { ChartSheet, SheetChart } from './chart-sheet';
export { chartSheetHtml } from './chart-sheet-html';
export { htmlReport } from './html-report';
export { knownResult } from './known-result';
export { readResult } from './read-result';
export { compareResults, type ResultComparison } from './result-comparison';
export { terminalComparison } from './terminal-comparison';
export { TerminalWatch, type WatchedRun } from './terminal-watch';
export { terminalReport, type TerminalReportOptions } from './terminal-report';
export { checkWritable, writeReport } from './write-report';
