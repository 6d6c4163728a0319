import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GameDayResult } from '../../gamedays/result';
import { compareResults, readResult, terminalComparison } from '../../report';
import { hostileResult } from './hostile-result';
import { failedResult, regionLossResult } from './region-loss-result';

const other: GameDayResult = { ...failedResult, trace: { digest: 'another digest', lines: 1 } };

/** Everything of it is another one. */
const busy: GameDayResult = {
  ...other,
  parameters: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`parameter-${index}`, index])),
  checks: Array.from({ length: 30 }, (_, index) => ({
    ...regionLossResult.checks[0]!,
    id: `check-${index}`,
    title: 'A long title '.repeat(20),
    verdict: index % 2 === 0 ? 'fail' : 'pass',
  })),
  alarms: Array.from({ length: 30 }, (_, index) => ({ ...regionLossResult.alarms[2]!, alarmName: `alarm-${index}` })),
};

describe('The comparison of two results', () => {
  it('finds nothing between a run and itself, and says that it is the same', () => {
    const comparison = compareResults(regionLossResult, structuredClone(regionLossResult));

    expect(comparison).toMatchObject({ isSameRun: true, worse: [], better: [], measuredOtherwise: [] });
    expect([
      comparison.parameters,
      comparison.recovery,
      comparison.orders,
      comparison.requests,
      comparison.alarms,
    ]).toEqual([[], [], [], [], []]);
    expect(terminalComparison(comparison)).toContain('it is the same run');
  });

  it('tells what became worse, and the other way round what became better', () => {
    const { worse, better } = compareResults(regionLossResult, other);
    const reversed = compareResults(other, regionLossResult);

    expect(worse.map(({ title }) => title)).toContain('Callers waited too long to be served again');
    expect(better).toEqual([]);
    expect(reversed.worse).toEqual([]);
    expect(reversed.better).toHaveLength(worse.length);
  });

  it('counts a check that is asked now and fails as worse, and one that is not asked any more as a change', () => {
    const [first, ...rest] = regionLossResult.checks;
    const without = { ...regionLossResult, checks: rest };

    expect(
      compareResults(without, { ...regionLossResult, checks: [{ ...first!, verdict: 'fail' }, ...rest] }).worse,
    ).toEqual([{ title: first!.title, before: 'not asked', after: first!.measured }]);
    expect(compareResults(regionLossResult, without).measuredOtherwise).toEqual([
      { title: first!.title, before: first!.measured, after: 'not asked' },
    ]);
  });

  it('shows recovery, orders, requests, alarms and settings before and after', () => {
    const after: GameDayResult = {
      ...regionLossResult,
      parameters: { ...regionLossResult.parameters, stage: 'full' },
      recovery: { recoveryTime: { ...regionLossResult.recovery.recoveryTime!, p99Seconds: null } },
      orders: { ...regionLossResult.orders, expired: 0 },
      alarms: regionLossResult.alarms.filter(({ alarmName }) => !alarmName.includes('standby-serving')),
      series: regionLossResult.series.map((one) =>
        one.name === 'orders begun' ? { ...one, points: one.points.map(([at]) => [at, 7] as const) } : one,
      ),
    };

    const { parameters, recovery, orders, requests, alarms } = compareResults(regionLossResult, after);

    expect(parameters).toEqual([{ what: 'stage', before: 'sandbox', after: 'full' }]);
    expect(recovery).toEqual([
      { what: 'RTO p99', before: '34.6 s', after: 'never' },
      { what: 'RPO', before: '3 orders, 0.62 s', after: 'none' },
    ]);
    expect(orders).toEqual([{ what: 'expired', before: '7', after: '0' }]);
    expect(requests).toEqual([{ what: 'orders begun', before: expect.stringMatching(/^5.* \/s$/), after: '7 /s' }]);
    expect(alarms).toEqual([
      { what: 'tandem-sandbox-standby-serving, us-west-2', before: 'after 95 s, for 5 min 25 s', after: 'silent' },
    ]);
  });

  it('fits on a page of 60 lines and 100 columns, however much is different', () => {
    const lines = terminalComparison(compareResults(regionLossResult, busy)).trimEnd().split('\n');

    expect(lines.length).toBeLessThanOrEqual(60);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines[0]).toMatch(/^WORSE {2}region-loss: pass, and now fail; 15 checks worse/);
    expect(lines).toContain('  and 8 more');
  });

  it('lets no control character of a result reach the terminal', () => {
    const text = terminalComparison(
      compareResults(hostileResult, { ...hostileResult, parameters: { a: '\u001b[31m' } }),
    );

    // eslint-disable-next-line no-control-regex -- control characters are the point.
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  it.each<[string, unknown, string]>([
    [
      'another game day',
      { ...regionLossResult, gameDay: { ...regionLossResult.gameDay, name: 'gray-region' } },
      'two game days, region-loss and gray-region',
    ],
    [
      'another duration',
      { ...regionLossResult, gameDay: { ...regionLossResult.gameDay, durationSeconds: 900 } },
      'two versions of region-loss: its duration changed from 600 s to 900 s',
    ],
    ['other faults', { ...regionLossResult, faults: [] }, 'its faults changed from isolate-region 180–480 s to none'],
    ['another schema', { ...regionLossResult, schemaVersion: 2 }, 'found schemaVersion 2'],
  ])('refuses %s by name', (_what, after, message) => {
    expect(() => compareResults(regionLossResult, after)).toThrow(message);
  });
});

describe('A file with a result', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-results-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read', () => {
    expect(readResult(write('a.json', JSON.stringify(regionLossResult)))).toEqual(regionLossResult);
  });

  it.each([
    ['is not there', join(folder, 'nowhere.json'), 'there is no such file'],
    ['holds no JSON', write('b.json', '{'), 'it is no JSON'],
    ['is a folder', folder, 'EISDIR'],
    ['holds something else', write('c.json', '{}'), 'found no schemaVersion'],
  ])('that %s is refused in one line', (_what, file, reason) => {
    expect(() => readResult(file)).toThrow(reason);
  });
});
