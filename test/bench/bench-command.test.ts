import { Command } from 'commander';
import { addBenchCommand } from '../../bin/commands/bench';
import { runBench, type Figure } from '../../bench';

jest.mock('../../bench', () => ({ ...jest.requireActual<object>('../../bench'), runBench: jest.fn() }));

async function bench(figure: Figure, ...args: readonly string[]): Promise<{ exitCode: unknown; output: string }> {
  jest.mocked(runBench).mockResolvedValue({
    schemaVersion: 1,
    node: 'v20.19.0',
    nodeOptions: [],
    processor: 'Sample',
    cores: 2,
    loadAverage: 0,
    rounds: 1,
    figures: [figure],
  });
  const log = jest.spyOn(console, 'log').mockImplementation();
  const program = new Command();
  addBenchCommand(program);
  await program.parseAsync(['node', 'tandem', 'bench', ...args]);
  const { exitCode } = process;
  process.exitCode = undefined;
  return { exitCode, output: log.mock.calls.join('\n') };
}

const missed: Figure = { title: 'An order, hot', unit: 'ms', value: 2, cpu: 2.6, barMax: 2.5 };
const met: Figure = { ...missed, cpu: 2.4 };

describe('The command bench', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['a missed bar with --check', missed, ['--check'], 1],
    ['a missed bar with --check and --json', missed, ['--check', '--json'], 1],
    ['a missed bar', missed, [], undefined],
    ['a bar that is met with --check', met, ['--check'], undefined],
  ])('exits for %s as it should', async (_what, figure, args, expected) => {
    expect((await bench(figure, ...args)).exitCode).toBe(expected);
  });

  it('prints a document that names the command for machines', async () => {
    const { output } = await bench(met, 'order', '--json');

    expect(JSON.parse(output)).toMatchObject({ command: 'npm run bench -- order', schemaVersion: 1, figures: [met] });
    expect(jest.mocked(runBench).mock.lastCall![0]).toMatchObject({ names: ['order'], rounds: 3 });
  });
});
