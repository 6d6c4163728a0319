import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CATALOGUE, fly, prepareFlight, type FlightPlan, type GameDay } from '../../gamedays';
import { EXIT_CODES, reportFailure } from './exit-codes';
import { replayCommand } from './replay';

/** One flight of a sweep. */
export interface SweepJob {
  readonly gameDay: string;
  readonly seed: number;
  /** The folder with the assembly. */
  readonly assembly: string;
  /** Settings that win over those of the game day. */
  readonly context: Readonly<Record<string, string>>;
  /** The file for the result document. */
  readonly result: string;
}

export interface SweepReply {
  readonly exitCode: number;
}

const APP_DIRECTORY = resolve(__dirname, '../..');

/** Flies what its parent sends. Flights share what is compiled and nothing else. */
function serve(): void {
  const plans = new Map<string, Promise<FlightPlan>>();
  const planFor = ({ assembly, context }: SweepJob, { settings }: GameDay): Promise<FlightPlan> => {
    const plan = plans.get(assembly) ?? prepareFlight(APP_DIRECTORY, { ...settings, ...context }, assembly);
    plans.set(assembly, plan);
    return plan;
  };
  const flyJob = async (job: SweepJob): Promise<SweepReply> => {
    const { seed, context } = job;
    try {
      const gameDay = CATALOGUE.find(({ name }) => name === job.gameDay)!;
      const replay = replayCommand(job.gameDay, seed, context);
      const result = await fly({ ...(await planFor(job, gameDay)), gameDay, seed, replay });
      writeFileSync(job.result, `${JSON.stringify(result, null, 2)}\n`);
      return { exitCode: result.verdict === 'pass' ? EXIT_CODES.pass : EXIT_CODES.findings };
    } catch (error) {
      return { exitCode: reportFailure(error) };
    }
  };
  process.on('message', (job: SweepJob) => void flyJob(job).then((reply) => process.send!(reply)));
  process.on('disconnect', () => process.exit());
}

if (process.send !== undefined && process.argv[1] === __filename) serve();
