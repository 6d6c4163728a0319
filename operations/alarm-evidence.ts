import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ALARMS, COMPOSITE_ALARMS } from '../blueprint/alarms';

/** When and where a game day last showed something. */
export interface Proof {
  readonly gameDay: string;
  readonly seed: number;
  /** When the result was written, in milliseconds since 1970. */
  readonly atMs: number;
  /** From the latest fault before it, for firing; from firing, for clearing. @default - there was no fault */
  readonly afterSeconds?: number;
}

export interface AlarmRecord {
  /** @default - never */
  readonly fired?: Proof;
  /** @default - never */
  readonly cleared?: Proof;
  /** How often it fired in days in which nothing is wrong. */
  readonly falseAlarms: number;
}

export interface AlarmEvidence {
  readonly resultsRead: number;
  /** By the alarm's id; places are one, since one of them proves the alarm. */
  readonly records: ReadonlyMap<string, AlarmRecord>;
}

/** What is read of a result document. */
export interface EvidenceResult {
  readonly gameDay: { readonly name: string };
  readonly seed: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly faults: readonly { readonly fromSeconds: number }[];
  readonly alarms: readonly {
    readonly alarmName: string;
    readonly intervals: readonly { readonly state: string; readonly fromSeconds: number; readonly toSeconds: number }[];
  }[];
}

export const emptyRecord = (): AlarmRecord => ({ falseAlarms: 0 });

/** A result, and when it was written, in milliseconds since 1970. */
export interface DatedResult {
  readonly result: EvidenceResult;
  readonly atMs: number;
}

const CALM_DAYS = new Set(['steady-state', 'steady-day']);
/** Whether nothing was wrong that day. */
export const isCalm = ({ gameDay }: Pick<EvidenceResult, 'gameDay'>): boolean => CALM_DAYS.has(gameDay.name);
const IDS = [...ALARMS, ...COMPOSITE_ALARMS].map(({ id }) => id);

/** Reads every result document in a folder; other files are none of its business. */
export function readResults(directory: string): DatedResult[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file): DatedResult[] => {
      const path = join(directory, file);
      const document = JSON.parse(readFileSync(path, 'utf8')) as Partial<EvidenceResult> & { schemaVersion?: number };
      if (document.schemaVersion !== 1 || document.gameDay === undefined || document.alarms === undefined) return [];
      return [{ result: document as EvidenceResult, atMs: statSync(path).mtimeMs }];
    });
}

/** @returns the id in the table; undefined for an alarm that it does not have any more */
export const alarmIdOf = (
  { parameters }: Pick<EvidenceResult, 'parameters'>,
  { alarmName }: Pick<EvidenceResult['alarms'][number], 'alarmName'>,
): string | undefined => IDS.find((candidate) => alarmName === `tandem-${String(parameters['stage'])}-${candidate}`);

/** What results prove of each alarm; the newest proof counts. */
export function evidenceOf(results: readonly DatedResult[]): AlarmEvidence {
  const records = new Map<string, AlarmRecord>();
  for (const { result, atMs } of results.toSorted((left, right) => left.atMs - right.atMs)) {
    for (const lane of result.alarms) {
      const id = alarmIdOf(result, lane);
      if (id === undefined) continue;
      const record = addResult(records.get(id) ?? emptyRecord(), result, lane.intervals, atMs);
      records.set(id, record);
    }
  }
  return { resultsRead: results.length, records };
}

function addResult(
  record: AlarmRecord,
  { gameDay, seed, faults }: EvidenceResult,
  intervals: EvidenceResult['alarms'][number]['intervals'],
  atMs: number,
): AlarmRecord {
  // What fired before the start belongs to the settling in.
  const fired = intervals.filter(({ state, fromSeconds }) => state === 'ALARM' && fromSeconds >= 0);
  const [first] = fired;
  if (first === undefined) return record;
  if (isCalm({ gameDay })) return { ...record, falseAlarms: record.falseAlarms + fired.length };
  const proof = { gameDay: gameDay.name, seed, atMs };
  const begun = faults.map(({ fromSeconds }) => fromSeconds).filter((fromSeconds) => fromSeconds <= first.fromSeconds);
  const isCleared = intervals.some(({ state, fromSeconds }) => state === 'OK' && fromSeconds >= first.toSeconds);
  return {
    ...record,
    fired: { ...proof, ...(begun.length === 0 ? {} : { afterSeconds: first.fromSeconds - Math.max(...begun) }) },
    ...(isCleared ? { cleared: { ...proof, afterSeconds: first.toSeconds - first.fromSeconds } } : {}),
  };
}
