import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareFlight } from '../../gamedays';
import { flySwarmRun, outcomeOf, type SwarmRun } from '../../gamedays/swarm';
import { APP_DIRECTORY } from '../gamedays/flight';

/** A run in which the swarm has found something, cut down to the faults that it takes. */
interface Regression {
  /** What was wrong, and what must be. */
  readonly story: string;
  /** The checks that still fail, because the defect is known and not mended. @default - none */
  readonly stillFinds?: readonly string[];
  readonly run: SwarmRun;
}

jest.setTimeout(120_000);

const files = readdirSync(__dirname).filter((file) => file.endsWith('.json'));

describe('What the swarm has found once', () => {
  it.each(files)('is as the file says: %s', async (file) => {
    const { story, stillFinds = [], run } = JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as Regression;
    const plan = await prepareFlight(APP_DIRECTORY, run.context);

    const { findings } = outcomeOf(await flySwarmRun(run, plan, ''));

    expect(findings.map(({ id }) => id)).toEqual(stillFinds);
    expect(story.length).toBeGreaterThan(50);
  });
});
