import { duration, plural } from '../report/quantities';
import { wrap } from '../report/terminal/columns';
import type { AlarmRecord, Proof } from './alarm-evidence';
import type { AlarmReview, ReviewedAlarm } from './alarm-review';

const WIDTH = 100;
const LABEL_WIDTH = 14;

/** The review as text of at most 100 columns: findings last, where a reader of a terminal looks. */
export function alarmReviewText(review: AlarmReview): string {
  const cards = review.alarms.map((alarm) =>
    [
      `${alarm.severity.toUpperCase().padEnd(LABEL_WIDTH)}${alarm.id}`,
      ...facts(alarm).flatMap(([label, text]) => labelled(label, text)),
    ].join('\n'),
  );
  const findings = review.findings.flatMap(({ name, alarm, text }) => labelled('', `${alarm}: ${name}. ${text}`));
  return `${[summary(review), ...cards, ['FINDINGS', ...orNone(findings)].join('\n')].join('\n\n')}\n`;
}

/** The review as a page to keep or to send around. */
export function alarmReviewMarkdown(review: AlarmReview): string {
  const sections = review.alarms.map((alarm) =>
    [`## ${alarm.id} (${alarm.severity})`, '', ...facts(alarm).map(([label, text]) => `- **${label}**: ${text}`)].join(
      '\n',
    ),
  );
  const findings = review.findings.map(({ name, alarm, text }) => `- **${alarm}**: \`${name}\`. ${text}`);
  const last = ['## Findings', '', ...orNone(findings)].join('\n');
  return `${['# Alarm review', summary(review), ...sections, last].join('\n\n')}\n`;
}

export function summary({ alarms, findings, monthlyDollars, resultsRead }: AlarmReview): string {
  const count = (severity: string): number => alarms.filter((alarm) => alarm.severity === severity).length;
  const cost = `They cost $${monthlyDollars.toFixed(2)} a month.`;
  const basis = resultsRead === 0 ? 'No results were read.' : `Proofs are from ${plural(resultsRead, 'result')}.`;
  return `${plural(alarms.length, 'alarm')}: ${count('page')} page, ${count('ticket')} ticket. Findings: ${findings.length}. ${cost} ${basis}`;
}

export function proofs({ fired, cleared, falseAlarms }: AlarmRecord): (readonly [label: string, text: string])[] {
  const when = (proof: Proof | undefined, since: string): string => {
    if (proof === undefined) return 'never';
    const { gameDay, seed, atMs, afterSeconds } = proof;
    const day = new Date(atMs).toISOString().slice(0, 10);
    const delay = afterSeconds === undefined ? '' : `, ${duration(Math.round(afterSeconds))} after ${since}`;
    return `${gameDay}, seed ${seed}, ${day}${delay}`;
  };
  return [
    ['Last fired', when(fired, 'the fault')],
    ['Last cleared', when(cleared, 'it fired')],
    ['False alarms', String(falseAlarms)],
  ];
}

export function facts(alarm: ReviewedAlarm): (readonly [label: string, text: string])[] {
  return [
    ['Service', `${alarm.service}; ${alarm.owner}`],
    ['Watches', `${alarm.watches}, in ${alarm.where}`],
    ['Fires', `${alarm.threshold}, in ${alarm.datapoints}. ${alarm.thresholdWhy} ${alarm.periodsWhy}`],
    ['Missing data', `${alarm.missingData}. ${alarm.missingDataWhy}`],
    ['Runbook', alarm.runbook],
    ['Game day', alarm.gameDay],
    ['Action', alarm.action],
    ['Cost', `$${alarm.monthlyDollars.toFixed(2)} a month`],
    ...(alarm.record === undefined ? [] : proofs(alarm.record)),
    ...alarm.findings.map(({ name }) => ['Finding', name] as const),
  ];
}

function labelled(label: string, text: string): string[] {
  return wrap(text, WIDTH - LABEL_WIDTH).map((line, index) => (index === 0 ? label : '').padEnd(LABEL_WIDTH) + line);
}

function orNone(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['None.'] : lines;
}
