import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ALARMS, COMPOSITE_ALARMS, type AlarmDefinition } from '../../blueprint/alarms';
import type { MetricName } from '../../blueprint/metrics';
import { CATALOGUE } from '../../gamedays';
import {
  alarmReviewHtml,
  alarmReviewMarkdown,
  alarmReviewText,
  OWN_ALARMS,
  reviewAlarms,
  type AlarmReview,
} from '../../operations';
import { evidenceOf, type EvidenceResult } from '../../operations/alarm-evidence';

const SOUND: AlarmDefinition = {
  id: 'work-queue-age',
  service: 'fulfilment',
  severity: 'page',
  metric: { source: 'queue', queue: 'work', metricName: 'ApproximateAgeOfOldestMessage' },
  statistic: 'Maximum',
  threshold: 15,
  thresholdWhy: 'What waits longer expires.',
  periodSeconds: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  periodsWhy: 'Two minutes are a state.',
  missingData: 'notBreaching',
  missingDataWhy: 'An empty queue says nothing.',
  place: 'standby',
  owner: 'orders team',
  runbook: 'runbooks/queue-age.md',
  gameDay: 'region-loss',
  action: 'redrive',
};

describe('The alarm review', () => {
  let projectDirectory: string;

  beforeAll(() => {
    projectDirectory = mkdtempSync(join(tmpdir(), 'tandem-review-'));
    mkdirSync(join(projectDirectory, 'runbooks'));
    writeFileSync(join(projectDirectory, SOUND.runbook), '# queue-age\n');
  });

  afterAll(() => rmSync(projectDirectory, { recursive: true }));

  function review(alarms: AlarmDefinition | readonly AlarmDefinition[], more: object = {}): AlarmReview {
    return reviewAll([alarms].flat(), more);
  }

  function reviewAll(alarms: readonly AlarmDefinition[], more: object): AlarmReview {
    const mustFire = new Map([['region-loss', new Set([SOUND.id])]]);
    return reviewAlarms({ stage: 'sandbox', alarms, composites: [], mustFire, projectDirectory, ...more });
  }

  it('finds nothing about an alarm that has everything', () => {
    expect(review(SOUND).findings).toEqual([]);
  });

  it.each<[name: string, change: Partial<AlarmDefinition>, text: string]>([
    [
      'dead-metric',
      { metric: { source: 'tandem', metricName: 'OrdersVanished' as MetricName } },
      'Nobody publishes Tandem OrdersVanished.',
    ],
    ['unreachable-threshold', { threshold: 5_000 }, 'It can be 3600 at most, and 5000 is asked for.'],
    ['unreachable-threshold', { breaches: 'below', threshold: 0 }, 'Nothing is ever below 0.'],
    ['no-owner', { owner: ' ' }, 'Nobody answers for it.'],
    ['game-day-does-not-demand-it', { gameDay: 'steady-state' }, 'The game day steady-state passes without it.'],
    ['game-day-does-not-demand-it', { id: 'other' }, 'The game day region-loss passes without it.'],
    ['no-runbook', { runbook: 'runbooks/lost.md' }, 'There is no runbooks/lost.md.'],
  ])('finds %s by name', (name, change, text) => {
    const alarm = { ...SOUND, ...change };

    const { findings, alarms } = review(alarm);

    expect(findings).toEqual([{ name, alarm: alarm.id, text: expect.stringContaining(text) }]);
    expect(alarms[0]!.findings).toEqual(findings);
  });

  it('puts pages before tickets', () => {
    const ids = review([{ ...SOUND, id: 'a', severity: 'ticket' }, SOUND]).alarms.map((alarm) => alarm.id);

    expect(ids).toEqual(['work-queue-age', 'a']);
  });

  it.each([
    ['text', alarmReviewText],
    ['Markdown', alarmReviewMarkdown],
    ['HTML', alarmReviewHtml],
  ])('says everything about an alarm as %s', (_form, render) => {
    const page = render(review({ ...SOUND, gameDay: 'steady-state' }));

    for (const part of [
      '1 alarm: 1 page, 0 ticket. Findings: 1.',
      'fulfilment; orders team',
      'Maximum of AWS/SQS ApproximateAgeOfOldestMessage of the queue work over 60 s, in the standby only',
      'at or above 15, in 2 of 3 periods. What waits longer expires. Two minutes are a state.',
      'notBreaching. An empty queue says nothing.',
      'runbooks/queue-age.md',
      'redrive',
      'game-day-does-not-demand-it',
      '$0.10 a month',
    ]) {
      expect(page.replace(/\s+/g, ' ')).toContain(part);
    }
  });

  it('keeps the text within 100 columns and says when there is nothing to find', () => {
    const page = alarmReviewText(review(SOUND));

    expect(page.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(page).toMatch(/FINDINGS\nNone\.\n$/);
  });

  const resultOf = (name: string, ...intervals: readonly (readonly [string, number, number])[]): EvidenceResult => ({
    gameDay: { name },
    seed: 7,
    parameters: { stage: 'sandbox' },
    faults: [{ fromSeconds: 60 }],
    alarms: [
      {
        alarmName: 'tandem-sandbox-work-queue-age',
        intervals: intervals.map(([state, fromSeconds, toSeconds]) => ({ state, fromSeconds, toSeconds })),
      },
    ],
  });
  const FIRES_AND_CLEARS = [
    ['OK', -300, 100],
    ['ALARM', 100, 250],
    ['OK', 250, 600],
  ] as const;
  const provenBy = (...results: readonly EvidenceResult[]): AlarmReview =>
    review(SOUND, { evidence: evidenceOf(results.map((result, index) => ({ result, atMs: index }))) });

  it('says which game day last proved an alarm to fire and to clear, and how long that took', () => {
    const { alarms, findings } = provenBy(resultOf('region-loss', ...FIRES_AND_CLEARS));

    expect(findings).toEqual([]);
    expect(alarms[0]!.record).toEqual({
      fired: { gameDay: 'region-loss', seed: 7, atMs: 0, afterSeconds: 40 },
      cleared: { gameDay: 'region-loss', seed: 7, atMs: 0, afterSeconds: 150 },
      falseAlarms: 0,
    });
  });

  it.each<[name: string, result: EvidenceResult]>([
    ['never-fired', resultOf('region-loss', ['OK', -300, 600])],
    // What fires before the start is the settling in.
    ['never-fired', resultOf('region-loss', ['ALARM', -200, -100], ['OK', -100, 600])],
    ['never-cleared', resultOf('region-loss', ['OK', -300, 100], ['ALARM', 100, 600])],
  ])('finds %s in what was flown', (name, result) => {
    expect(provenBy(result).findings.map((finding) => finding.name)).toEqual([name]);
  });

  it('counts false alarms of days in which nothing is wrong', () => {
    const calm = resultOf('steady-day', ...FIRES_AND_CLEARS);

    const { alarms, findings } = provenBy(resultOf('region-loss', ...FIRES_AND_CLEARS), calm, calm);

    expect(findings.map(({ name }) => name)).toEqual(['false-alarm']);
    expect(alarms[0]!.record!.falseAlarms).toBe(2);
  });

  it('has a page for every alarm of the blueprint, and its runbook', () => {
    const { alarms, findings } = reviewAlarms({
      ...OWN_ALARMS,
      stage: 'sandbox',
      mustFire: new Map(
        CATALOGUE.map(({ name, expectations }) => [name, new Set(expectations.mustFire.map(({ alarm }) => alarm))]),
      ),
      projectDirectory: resolve(__dirname, '../..'),
    });

    expect(alarms.map(({ id }) => id).sort()).toEqual([...ALARMS, ...COMPOSITE_ALARMS].map(({ id }) => id).sort());
    const known = new Set(['game-day-does-not-demand-it']);
    expect(findings.filter(({ name }) => !known.has(name))).toEqual([]);
  });
});
