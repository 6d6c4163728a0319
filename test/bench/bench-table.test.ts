import { benchTable, missedBars, type BenchResult, type Figure } from '../../bench';
import { medianFigures } from '../../bench/run-bench';

const order = (cpu: number, value = cpu): Figure => ({ title: 'An order, hot', unit: 'ms', value, cpu, barMax: 2.5 });
const bundle = (value: number): Figure => ({ title: 'Bundle of intake', unit: 'KB', value, barMax: 450 });
const bare: Figure = { title: 'The same SDK call without the simulator, hot', unit: 'ms', value: 0.2, cpu: 0.19 };

function result(...figures: readonly Figure[]): BenchResult {
  return {
    schemaVersion: 1,
    node: 'v20.19.0',
    nodeOptions: [],
    processor: 'Sample',
    cores: 2,
    loadAverage: 0.5,
    rounds: 3,
    figures,
  };
}

describe('A bar', () => {
  it('judges a time by the processor, which other work on the machine does not lengthen', () => {
    expect(missedBars([order(2.4, 9)])).toEqual([]);
    expect(missedBars([order(2.6, 2.4)])).toEqual([order(2.6, 2.4)]);
  });

  it('may be the least that is allowed', () => {
    const gain = (value: number): Figure => ({ title: 'Gain', unit: 'times', value, barMin: 0.9 });
    expect(missedBars([gain(0.9), gain(0.89)])).toEqual([gain(0.89)]);
    expect(benchTable(result(gain(0.89)), 'npm run bench')).toContain('Missed: Gain: 0.89 times, at least 0.9 times.');
  });

  it('judges a size by itself', () => {
    expect(missedBars([bundle(450), bundle(450.1)])).toEqual([bundle(450.1)]);
  });

  it('is met when it is reached exactly, and does not judge what has none', () => {
    expect(missedBars([order(2.5), bare])).toEqual([]);
  });
});

describe('The figures of several rounds', () => {
  it('become one each, with the median of both clocks', () => {
    const rounds = [
      [order(3, 10), bundle(400)],
      [order(2, 30), bundle(400)],
      [order(1, 20), bundle(400)],
    ];

    expect(medianFigures(rounds)).toEqual([order(2, 20), bundle(400)]);
  });
});

describe('The table', () => {
  it('opens with the command that made it and has a line for each figure', () => {
    const lines = benchTable(result(order(2.25, 2.5), bundle(417.6)), 'npm run bench').split('\n');

    expect(lines[0]).toContain('npm run bench');
    expect(lines.find((line) => line.startsWith('An order'))).toMatch(/ 2\.500 +2\.250 ms +at most 2\.5 +ok$/);
    expect(lines.find((line) => line.startsWith('Bundle'))).toMatch(/ 417\.6 +KB +at most 450 +ok$/);
    expect(lines.at(-1)).toBe('All 2 bars are met.');
  });

  it('names a missed bar, and beside it what the SDK alone takes on this machine', () => {
    const lines = benchTable(result(order(3.1), bare), 'npm run bench').split('\n');

    expect(lines.find((line) => line.startsWith('An order'))).toMatch(/MISSED$/);
    expect(lines.at(-2)).toBe('Missed: An order, hot: 3.100 ms, at most 2.5 ms.');
    expect(lines.at(-1)).toContain('takes 0.190 ms here');
  });

  it('says so when nothing was judged', () => {
    expect(benchTable(result(bare), 'npm run bench')).toContain('No bar belongs to what was measured.');
  });
});
