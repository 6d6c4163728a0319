import { UnknownResultError } from './errors';

/**
 * A page of charts that no game day tells: the one versioned document between a measurement and its picture. The overload
 * bench and the capacity plan write it; `chartSheetHtml` draws it and knows nothing else.
 */
export interface ChartSheet {
  readonly schemaVersion: 1;
  readonly kind: 'chart-sheet';
  readonly title: string;
  /** One sentence that says what was found. */
  readonly summary: string;
  /** The command that made the figures. */
  readonly command: string;
  readonly charts: readonly SheetChart[];
}

/** Values at named places, such as loads. Every line has a value for each place, or null where there is none. */
export interface SheetChart {
  /** `lines` where the places are an order, such as time; `bars` where they are things beside each other, two lines at most. */
  readonly look: 'lines' | 'bars';
  readonly title: string;
  readonly unit: string;
  readonly places: readonly string[];
  readonly lines: readonly SheetLine[];
  /** What must be reached, or not be exceeded: a line across the chart, and the end of the bars. @default - none */
  readonly limit?: { readonly name: string; readonly value: number };
}

export interface SheetLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/**
 * The document as a sheet, if it is one of a version that can be drawn.
 * @throws UnknownResultError with one line for the person who passed the document
 */
export function knownChartSheet(document: unknown): ChartSheet {
  const { kind, schemaVersion } = (typeof document === 'object' && document !== null ? document : {}) as Record<
    string,
    unknown
  >;
  if (kind === 'chart-sheet' && schemaVersion === 1) return document as ChartSheet;
  throw new UnknownResultError(
    `This is no sheet of charts that can be drawn: found kind ${JSON.stringify(kind)} and schemaVersion ${JSON.stringify(schemaVersion)}, known is "chart-sheet" of version 1. Make it again with this version of Tandem.`,
  );
}
