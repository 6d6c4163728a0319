import { createWatch } from '../../bin/commands/watch';

const RUN = { name: 'region-loss', durationSeconds: 100, faults: [] };
const ALARM = { region: 'us-west-2', alarmName: 'tandem-sandbox-peer-lost', severity: 'page' as const };

function watch(isTTY: boolean): string[] {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  const onProgress = createWatch(RUN, stream);
  onProgress(1, 100, () => []);
  onProgress(2, 100, () => [ALARM]);
  onProgress(3, 100, () => []);
  return written;
}

describe('A watched run', () => {
  it('appends a line for each change of an alarm where nothing can be redrawn', () => {
    expect(watch(false).map((text) => text.trim())).toEqual([
      '00:02  ALARM  page    us-west-2  tandem-sandbox-peer-lost',
      '00:03  clear  page    us-west-2  tandem-sandbox-peer-lost',
    ]);
  });

  it('is drawn over itself on a terminal', () => {
    const [first, second, third] = watch(true);

    expect(first).not.toContain('\u001B[1A');
    expect(second!.startsWith('\u001B[1A')).toBe(true);
    expect(second).toContain('\u001B[K\n! page');
    expect(third!.startsWith('\u001B[2A')).toBe(true);
  });
});
