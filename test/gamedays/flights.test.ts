import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
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
import type { PrintedDigest } from './print-digest';

const execFileAsync = promisify(execFile);

jest.setTimeout(240_000);

const SEED = 7;

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
    // What the day would have cost, and that nobody was refused.
    expect(result.cost!.services.map(({ service }) => service)).toEqual(
      expect.arrayContaining(['API Gateway', 'CloudWatch', 'DynamoDB', 'Lambda', 'Route 53', 'SQS']),
    );
    expect(result.cost!.dollars).toBeGreaterThan(result.cost!.standingDollars);
    const admission = result.series.filter(({ chart }) => chart === 'admission').flatMap(({ points }) => points);
    expect(admission.map(([, share]) => share)).toEqual(admission.map(() => 100));
    expect(admission.length).toBeGreaterThan(0);
  });

  it('keeps every promise through the loss of the primary, and says how long callers waited', async () => {
    const result = await flyGameDay(planFromFolder(folder.directory), shortRegionLoss(regionLoss));

    expect(findings(result)).toEqual([]);
    expect(result.recovery.recoveryTime!.p99Seconds).toBeGreaterThan(5);
    expect(result.dnsAnswers.map((answer) => answer.region)).toContain('us-west-2');
    expect(result.orders.charges).toBe(result.orders.confirmed);
  });

  it('is the same run for the same seed, elsewhere, drained always or with nothing shared, and another for another', async () => {
    const fly = async (debugging: Parameters<typeof flyGameDay>[3], seed = SEED): Promise<string> => {
      const plan = planFromFolder(folder.directory);
      return (await flyGameDay(plan, shortRegionLoss(regionLoss), seed, debugging)).trace.digest;
    };

    const here = await fly({});
    const elsewhere = await flyElsewhere(folder.directory);

    expect(await fly({ drainsAlways: true })).toBe(here);
    expect(await fly({ hasOwnRealms: true })).toBe(here);
    expect(elsewhere.digest).toBe(here);
    expect(await fly({}, SEED + 1)).not.toBe(here);
    expect(elsewhere.asyncResources.filter((kind) => !ALLOWED_ASYNC_RESOURCES.has(kind))).toEqual([]);
    expect(elsewhere.asyncResources).toContain('PROMISE');
  });
});

/** Work that the host does at once, in a defined order. Timers, sockets, files and threads are not among it. */
const ALLOWED_ASYNC_RESOURCES = new Set(['Immediate', 'Microtask', 'PROMISE', 'TickObject']);

/** The flight of that seed in a process of its own, with another time zone and language. */
async function flyElsewhere(directory: string): Promise<PrintedDigest> {
  const { stdout } = await execFileAsync(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'print-digest.ts'), directory, String(SEED)],
    { cwd: APP_DIRECTORY, env: { ...process.env, TZ: 'Asia/Kathmandu', LANG: 'de_DE.UTF-8' } },
  );
  return JSON.parse(stdout) as PrintedDigest;
}
