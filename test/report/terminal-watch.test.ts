import { TerminalWatch } from '../../report';

const RUN = {
  name: 'region-loss',
  durationSeconds: 600,
  faults: [{ name: 'isolate-region', title: 'Nothing crosses the border', fromSeconds: 180, toSeconds: 480 }],
};
const ALARM = { region: 'us-west-2', alarmName: 'tandem-sandbox-peer-lost', severity: 'page' as const };

/** Alarms by second, in steps of ten seconds, each of which takes a tenth of a real one. */
function watchUntil(endSeconds: number, alarmsAt: (seconds: number) => readonly (typeof ALARM)[]) {
  const watch = new TerminalWatch(RUN);
  const said: string[] = [];
  for (let now = 10; now <= endSeconds; now += 10) said.push(...watch.advance(now, alarmsAt(now), (now - 10) / 100));
  return { watch, said };
}

describe('A run that somebody watches', () => {
  it('is told by changes of alarms and by its progress where nothing can be redrawn', () => {
    const { said } = watchUntil(600, (now) => (now >= 250 && now < 400 ? [ALARM] : []));

    expect(said.filter((line) => line.includes('peer-lost'))).toEqual([
      '  04:10  ALARM  page    us-west-2  tandem-sandbox-peer-lost',
      '  06:40  clear  page    us-west-2  tandem-sandbox-peer-lost',
    ]);
    const progress = said.filter((line) => line.startsWith('region-loss'));
    expect(progress).toHaveLength(20);
    expect(progress[9]).toBe('region-loss ██████████░░░░░░░░░░ 05:00 of 10:00, 100 virtual s/s, 3 s left');
    expect(progress.at(-1)).toContain('comes to rest');
  });

  it('has a lane for each alarm that has fired, under the lanes of the faults', () => {
    const { watch } = watchUntil(300, (now) => (now >= 240 ? [ALARM] : []));

    const [head, fault, lane, ...more] = watch.picture();

    expect(head).toContain('05:00 of 10:00');
    expect(fault).toMatch(/^Nothing crosses the border +\| {15}▒+ +$/);
    expect(lane).toMatch(/^! page {3}us-west-2 tandem-sandbox-peer-lost +\|·{20}█{7} +$/);
    expect(more).toEqual([]);
  });

  it('keeps a lane that is clear again, and does not mark it', () => {
    const { watch } = watchUntil(400, (now) => (now >= 100 && now < 200 ? [ALARM] : []));

    expect(watch.picture()[2]).toMatch(/^ {2}page {3}us-west-2 tandem-sandbox-peer-lost +\|·+█+·+ +$/);
  });

  it('fits into 100 columns and some lines, however many alarms fire', () => {
    const alarms = Array.from({ length: 90 }, (_, index) => ({
      ...ALARM,
      alarmName: `alarm-${index}-${'x'.repeat(90)}`,
    }));
    const { watch } = watchUntil(600, () => alarms);

    const picture = watch.picture();

    expect(Math.max(...picture.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(picture).toHaveLength(23);
    expect(picture.at(-1)).toBe('  and 70 more');
  });
});
