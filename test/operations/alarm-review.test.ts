import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ALARMS, type AlarmDefinition } from '../../blueprint/alarms';
import { CATALOGUE } from '../../gamedays';
import { alarmReviewMarkdown, alarmReviewText, reviewAlarms, type AlarmReview } from '../../operations';

const SOUND: AlarmDefinition = {
  id: 'queue-age',
  service: 'fulfilment',
  severity: 'page',
  metric: { source: 'queue', queue: 'work', metricName: 'ApproximateAgeOfOldestMessage' },
  statistic: 'Maximum',
  threshold: 15,
  thresholdWhy: 'What waits longer expires.',
  periodSeconds: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  missingData: 'notBreaching',
  missingDataWhy: 'An empty queue says nothing.',
  onlyIn: 'standby',
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

  function review(...alarms: readonly AlarmDefinition[]): AlarmReview {
    const mustFire = new Map([['region-loss', new Set([SOUND.id])]]);
    return reviewAlarms({ alarms, mustFire, projectDirectory });
  }

  it('finds nothing about an alarm that has everything', () => {
    expect(review(SOUND).findings).toEqual([]);
  });

  it.each<[name: string, change: Partial<AlarmDefinition>, text: string]>([
    ['no-game-day', { gameDay: null }, 'No game day makes it fire.'],
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
    const ids = review({ ...SOUND, id: 'a', severity: 'ticket' }, SOUND).alarms.map((alarm) => alarm.id);

    expect(ids).toEqual(['queue-age', 'a']);
  });

  it.each([
    ['text', alarmReviewText],
    ['Markdown', alarmReviewMarkdown],
  ])('says everything about an alarm as %s', (_form, render) => {
    const page = render(review({ ...SOUND, gameDay: null }));

    for (const part of [
      '1 alarm: 1 page, 0 ticket. Findings: 1.',
      'fulfilment; orders team',
      'Maximum of AWS/SQS ApproximateAgeOfOldestMessage of the queue work over 60 s, in the standby only',
      'at or above 15, in 2 of 3 periods. What waits longer expires.',
      'notBreaching. An empty queue says nothing.',
      'runbooks/queue-age.md',
      'redrive',
      'no-game-day',
    ]) {
      expect(page.replace(/\s+/g, ' ')).toContain(part);
    }
  });

  it('keeps the text within 100 columns and says when there is nothing to find', () => {
    const page = alarmReviewText(review(SOUND));

    expect(page.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(page).toMatch(/FINDINGS\nNone\.\n$/);
  });

  it('has a page for every alarm of the blueprint, and its runbook', () => {
    const { alarms, findings } = reviewAlarms({
      alarms: ALARMS,
      mustFire: new Map(
        CATALOGUE.map(({ name, expectations }) => [name, new Set(expectations.mustFire.map(({ alarm }) => alarm))]),
      ),
      projectDirectory: resolve(__dirname, '../..'),
    });

    expect(alarms.map(({ id }) => id).sort()).toEqual(ALARMS.map(({ id }) => id).sort());
    expect(findings.filter(({ name }) => name === 'no-runbook')).toEqual([]);
  });
});
