import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { ALARMS, COMPOSITE_ALARMS, type AlarmDefinition, type CompositeDefinition } from '../blueprint/alarms';
import {
  alarmIdOf,
  evidenceOf,
  isCalm,
  type AlarmEvidence,
  type AlarmRecord,
  type DatedResult,
  type Proof,
} from './alarm-evidence';

/** Where the proofs stand, from the project's folder. */
export const PROOFS_FILE = 'docs/alarm-proofs.json';

/** What game days have shown of each alarm, kept with the table that it is about. */
export interface AlarmProofs {
  readonly schemaVersion: 1;
  /** The command that makes it from the results of game days. */
  readonly madeBy: string;
  /** By the alarm's id. */
  readonly alarms: Readonly<Record<string, ProvenAlarm>>;
}

export interface ProvenAlarm {
  /** A digest of what the alarm watches and when it fires. With another definition the proof is void. */
  readonly definition: string;
  readonly fired?: DatedProof;
  readonly cleared?: DatedProof;
  readonly falseAlarms: number;
  /** The latest day in which nothing was wrong. @default - none was flown */
  readonly calm?: DatedProof;
}

export interface DatedProof extends Omit<Proof, 'atMs'> {
  /** The day on which it was flown, such as `2026-11-25`. */
  readonly on: string;
}

type Alarm = AlarmDefinition | CompositeDefinition;
const TABLE: readonly Alarm[] = [...COMPOSITE_ALARMS, ...ALARMS];

/** What changes when an alarm would fire otherwise than it did: neither its texts nor whom it tells. */
export function definitionDigest(alarm: Alarm): string {
  const detects =
    'anyOf' in alarm
      ? alarm.anyOf
      : [
          alarm.metric,
          alarm.statistic,
          alarm.breaches,
          alarm.threshold,
          alarm.periodSeconds,
          alarm.evaluationPeriods,
          alarm.datapointsToAlarm,
          alarm.missingData,
          alarm.whenProbedInBursts,
        ];
  return createHash('sha256').update(JSON.stringify(detects)).digest('hex').slice(0, 12);
}

/**
 * The proofs with those that results add. An alarm is proven by the day that the table names for it, and by no other; what
 * was proven of another definition is dropped.
 */
export function updateProofs(
  previous: Pick<AlarmProofs, 'alarms'>,
  results: readonly DatedResult[],
  madeBy: string,
): AlarmProofs {
  const alarms = TABLE.map((alarm): [string, ProvenAlarm] => {
    const definition = definitionDigest(alarm);
    const known = previous.alarms[alarm.id];
    const kept = known?.definition === definition ? known : undefined;
    return [alarm.id, { definition, falseAlarms: 0, ...kept, ...provenBy(alarm, results) }];
  });
  return { schemaVersion: 1, madeBy, alarms: Object.fromEntries(alarms) };
}

function provenBy({ id, gameDay }: Alarm, results: readonly DatedResult[]): Partial<ProvenAlarm> {
  const { fired, cleared } =
    evidenceOf(results.filter(({ result }) => result.gameDay.name === gameDay)).records.get(id) ?? {};
  const calm = results.filter(
    ({ result }) => isCalm(result) && result.alarms.some((lane) => alarmIdOf(result, lane) === id),
  );
  const latest = calm.toSorted((left, right) => left.atMs - right.atMs).at(-1);
  return {
    ...(fired === undefined ? {} : { fired: dated(fired) }),
    ...(cleared === undefined ? {} : { cleared: dated(cleared) }),
    ...(latest === undefined
      ? {}
      : {
          falseAlarms: evidenceOf(calm).records.get(id)?.falseAlarms ?? 0,
          calm: dated({ gameDay: latest.result.gameDay.name, seed: latest.result.seed, atMs: latest.atMs }),
        }),
  };
}

const dated = ({ atMs, ...proof }: Proof): DatedProof => ({
  ...proof,
  ...(proof.afterSeconds === undefined ? {} : { afterSeconds: Math.round(proof.afterSeconds) }),
  on: new Date(atMs).toISOString().slice(0, 10),
});

/** The proofs as evidence for a review. What is proven of another definition is nothing. */
export function evidenceOfProofs({ alarms }: AlarmProofs): AlarmEvidence {
  const records = new Map<string, AlarmRecord>();
  const days = new Set<string>();
  for (const alarm of TABLE) {
    const proven = alarms[alarm.id];
    if (proven === undefined || proven.definition !== definitionDigest(alarm)) continue;
    for (const proof of [proven.fired, proven.cleared, proven.calm]) {
      if (proof !== undefined) days.add(`${proof.gameDay} ${proof.seed}`);
    }
    records.set(alarm.id, {
      ...(proven.fired === undefined ? {} : { fired: undated(proven.fired) }),
      ...(proven.cleared === undefined ? {} : { cleared: undated(proven.cleared) }),
      falseAlarms: proven.falseAlarms,
    });
  }
  return { resultsRead: days.size, records };
}

const undated = ({ on, ...proof }: DatedProof): Proof => ({ ...proof, atMs: Date.parse(on) });

/** @returns none where there is no such file yet */
export function readProofs(file: string): AlarmProofs {
  if (!existsSync(file)) return { schemaVersion: 1, madeBy: '', alarms: {} };
  return JSON.parse(readFileSync(file, 'utf8')) as AlarmProofs;
}
