import { median, medianElapsed, timedBatches } from '../../bench/elapsed';

describe('The median', () => {
  it.each([
    [[3], 3],
    [[5, 1, 9], 5],
    [[4, 1, 100, 2], 3],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('of nothing is an error, not a number', () => {
    expect(() => median([])).toThrow('no median of no values');
  });

  it('is taken of each clock by itself and shared out among the pieces', () => {
    const samples = [
      { wallMs: 40, cpuMs: 10 },
      { wallMs: 20, cpuMs: 30 },
      { wallMs: 60, cpuMs: 20 },
    ];

    expect(medianElapsed(samples, 10)).toEqual({ wallMs: 4, cpuMs: 2 });
  });
});

describe('A timed batch', () => {
  it('counts waiting on the wall only, and work on both clocks', async () => {
    const [waiting] = await timedBatches(1, () => new Promise((done) => setTimeout(done, 100)));
    const [working] = await timedBatches(1, () => {
      const { user } = process.cpuUsage();
      while (process.cpuUsage().user - user < 50_000);
    });

    expect(waiting!.wallMs).toBeGreaterThan(90);
    expect(waiting!.cpuMs).toBeLessThan(waiting!.wallMs);
    expect(working!.cpuMs).toBeGreaterThanOrEqual(50);
    expect(working!.wallMs).toBeGreaterThan(0);
  });
});
