import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkWritable, ReportWriteError, writeReport } from '../../report';

describe('Writing a report', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-report-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('puts the text there and leaves nothing else behind', async () => {
    const path = join(folder, 'report.html');
    writeFileSync(path, 'an older report');

    await writeReport(path, 'a report');

    expect(readFileSync(path, 'utf8')).toBe('a report');
    expect(readdirSync(folder)).toEqual(['report.html']);
  });

  it('writes to a device instead of replacing it', async () => {
    await writeReport('/dev/null', 'a report');

    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('refuses a folder that does not exist, and makes none', async () => {
    const path = join(folder, 'reprots', 'report.html');

    await expect(writeReport(path, 'a report')).rejects.toThrow(
      `Cannot write "${path}": the folder ${join(folder, 'reprots')} does not exist. Choose a file in a folder that exists`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a path that is a folder, and one through a file', async () => {
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'file'), '');

    await expect(checkWritable(join(folder, 'taken'))).rejects.toThrow('it is a folder');
    await expect(checkWritable(join(folder, 'file', 'report.html'))).rejects.toThrow('is not a folder');
    await expect(checkWritable(join(folder, 'file', 'deeper', 'report.html'))).rejects.toThrow(
      'is a file, not a folder',
    );
  });

  it('tells before a run what would fail after it', async () => {
    await expect(checkWritable(join(folder, 'report.html'))).resolves.toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('explains itself in one line and leaves no temporary file when the disk refuses', async () => {
    const path = join(folder, `${'x'.repeat(300)}.html`);

    const refusal = await writeReport(path, 'a report').catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(ReportWriteError);
    expect((refusal as Error).message).toMatch(/^Cannot write .*ENAMETOOLONG\. Choose a file .*\.$/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
