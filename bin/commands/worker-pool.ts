import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ONE_PROCESS_A_CORE, START } from '../../gamedays';

/**
 * One process a core, each of which does one job after the other: what it has compiled is warm for the next. A process that
 * dies takes its job along and is replaced.
 */
export class WorkerPool<Job extends object, Reply> {
  readonly size = availableParallelism();
  private readonly all = new Set<ChildProcess>();
  private readonly idle: ChildProcess[];
  private readonly waiting: ((worker: ChildProcess) => void)[] = [];

  /** @param file the module of this folder that serves jobs, and the arguments that it is started with */
  constructor(
    private readonly file: string,
    private readonly args: readonly string[] = [],
  ) {
    this.idle = Array.from({ length: this.size }, () => this.start());
  }

  /** @throws Error when the process dies before it has answered */
  async run(job: Job): Promise<Reply> {
    const worker = this.idle.pop() ?? (await new Promise<ChildProcess>((resolve) => this.waiting.push(resolve)));
    try {
      const reply = await exchange<Reply>(worker, job);
      this.release(worker);
      return reply;
    } catch (error) {
      this.all.delete(worker);
      this.release(this.start());
      throw error;
    }
  }

  close(): void {
    for (const worker of this.all) worker.disconnect();
  }

  private start(): ChildProcess {
    const worker = fork(START, [join(__dirname, this.file), ...this.args], {
      execArgv: [...process.execArgv, ...ONE_PROCESS_A_CORE],
    });
    this.all.add(worker);
    return worker;
  }

  private release(worker: ChildProcess): void {
    const next = this.waiting.shift();
    if (next === undefined) this.idle.push(worker);
    else next(worker);
  }
}

function exchange<Reply>(worker: ChildProcess, job: object): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null): void =>
      reject(new Error(`The process died with exit code ${code} while it had this to do: ${JSON.stringify(job)}.`));
    worker.once('exit', died);
    worker.once('message', (reply) => {
      worker.off('exit', died);
      resolve(reply as Reply);
    });
    // It may have died while it had nothing to do.
    worker.send(job, (error) => {
      if (error !== null) reject(error);
    });
  });
}
