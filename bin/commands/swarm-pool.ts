import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { SwarmJob, SwarmReply } from './swarm-worker';

/** One process a core, each of which flies one run at a time. */
export class SwarmPool {
  private readonly idle: ChildProcess[];
  private readonly all: readonly ChildProcess[];
  private readonly waiting: (() => void)[] = [];

  /** @param directory the folder with the assemblies, one a context */
  constructor(directory: string) {
    const worker = join(__dirname, 'swarm-worker.ts');
    this.all = Array.from({ length: availableParallelism() }, () =>
      fork(worker, [directory], { execArgv: process.execArgv }),
    );
    this.idle = [...this.all];
  }

  get size(): number {
    return this.all.length;
  }

  async fly(job: SwarmJob): Promise<SwarmReply> {
    const worker = await this.take();
    try {
      return await exchange(worker, job);
    } finally {
      this.idle.push(worker);
      this.waiting.shift()?.();
    }
  }

  close(): void {
    for (const worker of this.all) worker.disconnect();
  }

  private async take(): Promise<ChildProcess> {
    while (this.idle.length === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.idle.pop()!;
  }
}

function exchange(worker: ChildProcess, job: SwarmJob): Promise<SwarmReply> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null): void =>
      reject(new Error(`The process that flew run ${job.seed} died with exit code ${code}.`));
    worker.once('exit', died);
    worker.once('message', (reply) => {
      worker.off('exit', died);
      resolve(reply as SwarmReply);
    });
    worker.send(job);
  });
}
