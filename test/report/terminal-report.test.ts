import { terminalReport } from '../../report';
import { hostileResult } from './hostile-result';
import { comparedResult, failedResult, regionLossResult } from './region-loss-result';

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

describe('The terminal report', () => {
  it('has not changed without somebody having looked at it', () => {
    expect(terminalReport(regionLossResult)).toMatchSnapshot('passing');
    expect(terminalReport(failedResult)).toMatchSnapshot('failing');
  });

  it('fits a passing run on a page of 60 lines and 100 columns', () => {
    const lines = linesOf(terminalReport(regionLossResult));

    expect(lines.length).toBeLessThanOrEqual(60);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('stays on its page however much has happened', () => {
    const entry = { atSeconds: 300, kind: 'health-check', text: 'Health check is unhealthy '.repeat(9) } as const;
    const lane = regionLossResult.alarms[2]!;
    const busy = {
      ...regionLossResult,
      timeline: [...regionLossResult.timeline, ...Array.from({ length: 90 }, () => entry)],
      alarms: Array.from({ length: 40 }, () => lane),
    };

    const text = terminalReport(busy);

    expect(linesOf(text).length).toBeLessThanOrEqual(60);
    expect(Math.max(...linesOf(text).map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text).toContain('and 88 more in the HTML report');
    expect(text).toContain('34 more fired');
    expect(text).toMatch(/03:00 +fault/);
    expect(text).toMatch(/08:00 +heal/);
  });

  it('begins with the verdict and ends with the one line that repeats the run', () => {
    for (const result of [regionLossResult, failedResult]) {
      const lines = linesOf(terminalReport(result));
      expect(lines[0]).toMatch(
        result.verdict === 'pass' ? /^PASS {2}The primary region/ : /^FAIL {2}The primary region/,
      );
      expect(lines.at(-1)).toBe('Replay        npm run -s tandem -- gameday run region-loss --seed 7');
    }
  });

  it('says what the day would have been without what it shows, where that was flown', () => {
    expect(terminalReport(regionLossResult)).not.toContain('Without  ');
    expect(terminalReport(comparedResult).replaceAll(/\s+/g, ' ')).toContain(
      'Without With load regulation everybody was served as before 15 s after the cause was gone; without it not within the 20 min it was watched.',
    );
  });

  it('never breaks the command that repeats the run', () => {
    const replay = `npm run -s tandem -- gameday run region-loss --seed 7 --set ${'x'.repeat(120)}`;

    const lines = linesOf(terminalReport({ ...regionLossResult, replay }));

    expect(lines.at(-1)).toContain(replay);
  });

  it('shows what was measured, what was asked for and the cases behind a failure', () => {
    const text = terminalReport(failedResult);

    expect(text).toContain('FAIL  Callers waited too long to be served again');
    expect(text).toContain('p99 71.2 s over 1508 orders (asked for: at most 45 s at p99)');
    expect(text).toContain('- ord-01J9ZK3V8Q in us-east-1 is PENDING');
  });

  it('says how long each alarm took and when it cleared', () => {
    expect(terminalReport(regionLossResult)).toMatch(
      /04:35 {2}page +us-west-2 +tandem-sandbox-standby-serving +after 95 s +clear at 10:00/,
    );
  });

  it('colours only when asked, and says the same', () => {
    const coloured = terminalReport(regionLossResult, { isColoured: true });

    // eslint-disable-next-line no-control-regex -- the escape sequences are the point.
    const stripped = coloured.replace(/\u001b\[\d+m/g, '');
    expect(coloured).not.toBe(stripped);
    expect(stripped).toBe(terminalReport(regionLossResult));
  });

  it('lets no control character of the result reach the terminal', () => {
    // eslint-disable-next-line no-control-regex -- control characters are the point.
    expect(terminalReport(hostileResult)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });
});
