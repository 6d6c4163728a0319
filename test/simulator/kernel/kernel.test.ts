import { Kernel } from '../../../simulator/kernel/kernel';

describe('The kernel', () => {
  it('runs events in the order of time, and of scheduling within one instant', async () => {
    const kernel = new Kernel({ seed: 1 });
    const seen: string[] = [];
    kernel.after(20, () => seen.push('later'));
    kernel.after(10, () => seen.push('first'));
    kernel.after(10, () => seen.push('second'));

    await kernel.runUntil(30);

    expect(seen).toEqual(['first', 'second', 'later']);
    expect(kernel.nowUs).toBe(30);
  });

  it('keeps the order with many events, some of them called off', async () => {
    const kernel = new Kernel({ seed: 7 });
    const random = kernel.random('delays');
    const seen: number[] = [];
    const timers = Array.from({ length: 2000 }, () => {
      const delayUs = random.below(500);
      return kernel.after(delayUs, () => seen.push(delayUs));
    });
    timers.filter((_, index) => index % 3 === 0).forEach((timer) => kernel.cancel(timer));

    await kernel.runUntil(1000);

    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
    expect(seen).toHaveLength(2000 - Math.ceil(2000 / 3));
  });

  it('lets promises settle before the next event', async () => {
    const kernel = new Kernel({ seed: 1 });
    const seen: string[] = [];
    kernel.after(1, () => {
      kernel.entersAsyncCode();
      void Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => seen.push('promise'));
    });
    kernel.after(1, () => seen.push('event'));

    await kernel.runUntil(1);

    expect(seen).toEqual(['promise', 'event']);
  });

  describe.each([
    ['in place', true],
    ['by a turn of the loop, on a host that cannot do it in place,', false],
  ])('drains %s', (_, inPlace) => {
    const host = process as { _tickCallback?: unknown };
    const drain = host._tickCallback;
    let HostKernel: typeof Kernel;

    beforeAll(() => {
      if (!inPlace) delete host._tickCallback;
      jest.isolateModules(() => {
        ({ Kernel: HostKernel } = jest.requireActual<{ Kernel: typeof Kernel }>('../../../simulator/kernel/kernel'));
      });
      host._tickCallback = drain;
    });

    it('whatever promises and ticks bring forth, before the next event', async () => {
      const kernel = new HostKernel({ seed: 1 });
      const seen: string[] = [];
      for (const event of ['first', 'second', 'third']) {
        kernel.after(1, () => {
          kernel.entersAsyncCode();
          seen.push(event);
          void Promise.resolve().then(() => process.nextTick(() => seen.push(`tick of ${event}`)));
          process.nextTick(() => void Promise.resolve().then(() => seen.push(`promise of ${event}`)));
        });
      }

      await kernel.runUntil(1);

      expect(seen).toEqual(
        ['first', 'second', 'third'].flatMap((event) => [event, `tick of ${event}`, `promise of ${event}`]),
      );
    });

    it('and ends with what code throws that nobody awaits', async () => {
      const kernel = new HostKernel({ seed: 1 });
      const seen: string[] = [];
      kernel.after(1, () => {
        kernel.entersAsyncCode();
        void Promise.resolve().then(() => kernel.fail(new Error('broken')));
      });
      kernel.after(1, () => seen.push('event'));

      await expect(kernel.runUntil(1)).rejects.toThrow('broken');
      expect(seen).toEqual([]);
    });
  });

  it('ends the run with an error of an event after promises, and can be run on', async () => {
    const kernel = new Kernel({ seed: 1 });
    kernel.after(1, () => kernel.entersAsyncCode());
    kernel.after(2, () => {
      throw new Error('of an event');
    });

    await expect(kernel.runUntil(5)).rejects.toThrow('of an event');
    await kernel.runUntil(5);
    expect(kernel.nowUs).toBe(5);
  });

  it('leaves the host a turn now and then, however much there is to drain', async () => {
    const kernel = new Kernel({ seed: 1 });
    let left = 5_000;
    let turnsWithWork = 0;
    const again = (): void => {
      kernel.entersAsyncCode();
      if (left-- > 0) kernel.after(1, again);
    };
    const watch = (): void => {
      if (left <= 0) return;
      turnsWithWork++;
      setImmediate(watch);
    };
    kernel.after(1, again);
    setImmediate(watch);

    await kernel.runUntil(10_000);

    expect(left).toBe(-1);
    expect(turnsWithWork).toBeGreaterThanOrEqual(4);
  });

  it('does not run an event before its time', async () => {
    const kernel = new Kernel({ seed: 1 });
    let hasRun = false;
    kernel.after(100, () => (hasRun = true));

    await kernel.runUntil(99);

    expect(hasRun).toBe(false);
  });

  it('ends the run with an error that nobody awaits', async () => {
    const kernel = new Kernel({ seed: 1 });
    kernel.after(5, () => kernel.fail(new Error('swallowed elsewhere')));

    await expect(kernel.runUntil(10)).rejects.toThrow('swallowed elsewhere');
  });

  it('refuses a delay that is not a number', () => {
    expect(() => new Kernel({ seed: 1 }).after(Number.NaN, () => undefined)).toThrow('finite number');
  });
});

describe('A random stream', () => {
  it('gives the same numbers for the same seed and name, and others otherwise', () => {
    const draw = (seed: number, name: string): number[] => {
      const stream = new Kernel({ seed }).random(name);
      return Array.from({ length: 5 }, () => stream.uint32());
    };

    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
  });

  it('is not moved by a draw from another stream', () => {
    const kernel = new Kernel({ seed: 3 });
    const alone = new Kernel({ seed: 3 }).random('a').next();

    kernel.random('b').next();

    expect(kernel.random('a').next()).toBe(alone);
  });

  it('has the moments it promises', () => {
    const stream = new Kernel({ seed: 11 }).random('moments');
    const count = 50_000;
    const mean = (draw: () => number): number => Array.from({ length: count }, draw).reduce((a, b) => a + b, 0) / count;
    const lognormal = Array.from({ length: count }, () => stream.lognormal(100, 0.3)).toSorted((a, b) => a - b);

    expect(mean(() => stream.next())).toBeCloseTo(0.5, 2);
    expect(mean(() => stream.exponential(4))).toBeCloseTo(4, 0);
    expect(lognormal[count / 2]).toBeGreaterThan(98);
    expect(lognormal[count / 2]).toBeLessThan(102);
  });

  it('makes valid version 4 UUIDs', () => {
    expect(new Kernel({ seed: 1 }).random('id').uuid()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});

describe('The trace', () => {
  it('has the same digest for the same lines and another for any other', () => {
    const digest = (body: string): string => {
      const kernel = new Kernel({ seed: 1 });
      kernel.record('actor', 'operation', body);
      return kernel.trace.digest();
    };

    expect(digest('a')).toBe(digest('a'));
    expect(digest('a')).not.toBe(digest('b'));
  });
});
