import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { regionLoss } from '../../gamedays/scenarios/region-loss';
import { steadyState } from '../../gamedays/scenarios/steady-state';
import {
  APP_DIRECTORY,
  findings,
  flyGameDay,
  planFromFolder,
  shortCalm,
  shortRegionLoss,
  synthesizeToFolder,
} from './flight';

jest.setTimeout(240_000);

describe('The synthesized app in the embedded cloud', () => {
  let folder: Awaited<ReturnType<typeof synthesizeToFolder>>;
  beforeAll(async () => {
    folder = await synthesizeToFolder();
  });
  afterAll(() => folder.remove());

  it('serves a minute of calm without a failed request', async () => {
    const result = await flyGameDay(planFromFolder(folder.directory), shortCalm(steadyState));

    expect(findings(result)).toEqual([]);
    expect(result.orders.acknowledged).toBeGreaterThan(30);
    expect(result.orders.acknowledged).toBe(result.orders.offered);
  });

  it('keeps every promise through the loss of the primary, and says how long callers waited', async () => {
    const result = await flyGameDay(planFromFolder(folder.directory), shortRegionLoss(regionLoss));

    expect(findings(result)).toEqual([]);
    expect(result.recovery.recoveryTime!.p99Seconds).toBeGreaterThan(5);
    expect(result.dnsAnswers.map((answer) => answer.region)).toContain('us-west-2');
    expect(result.orders.charges).toBe(result.orders.confirmed);
  });

  it('is the same run for the same seed, in another process and time zone, and another for another seed', async () => {
    const here = await flyGameDay(planFromFolder(folder.directory), shortRegionLoss(regionLoss), 7);
    const elsewhere = (seed: number): string =>
      execFileSync(
        process.execPath,
        ['--import', 'tsx', join(__dirname, 'print-digest.ts'), folder.directory, String(seed)],
        { cwd: APP_DIRECTORY, encoding: 'utf8', env: { ...process.env, TZ: 'Asia/Kathmandu', LANG: 'de_DE.UTF-8' } },
      ).trim();

    const drainedAlways = await flyGameDay(planFromFolder(folder.directory), shortRegionLoss(regionLoss), 7, true);

    expect(drainedAlways.trace.digest).toBe(here.trace.digest);
    expect(elsewhere(7)).toBe(here.trace.digest);
    expect(elsewhere(8)).not.toBe(here.trace.digest);
  });
});
