/* Draws the charts of the story: window.storyCharts = { endSeconds, clockTime, pointAt, redraw }. */
window.storyCharts = (() => {
  const story = JSON.parse(document.getElementById('story-data').textContent);
  const DASHES = [[], [6, 4], [2, 3], [9, 3, 2, 3]];
  const HEIGHT = 176;
  // As wide as the sheet of print.css, less its gutter and gap.
  const PRINT_WIDTH = 680 - 150 - 16;
  let palette = readPalette();

  function readPalette() {
    const css = getComputedStyle(document.documentElement);
    const read = (name) => css.getPropertyValue(`--${name}`).trim();
    const names = [
      'primary',
      'standby',
      'witness',
      'neutral',
      'muted',
      'line',
      'fault',
      'fault-wash',
      'paper',
      'axis',
      'edge',
    ];
    const found = Object.fromEntries(names.map((name) => [name, read(name)]));
    return { ...found, none: found.neutral, font: `12px ${getComputedStyle(document.body).fontFamily}` };
  }

  function clockTime(seconds) {
    const whole = Math.round(seconds);
    const pad = (part) => String(part).padStart(2, '0');
    const hours = Math.floor(whole / 3600);
    return `${hours > 0 ? `${hours}:` : ''}${pad(Math.floor((whole % 3600) / 60))}:${pad(whole % 60)}`;
  }

  // The unit stands in the heading; only what is told in milliseconds changes its unit as it grows.
  function amount(value, unit) {
    if (value === null || value === undefined) return '–';
    if (unit === 'ms' && Math.abs(value) >= 1000) return `${Number((value / 1000).toFixed(2))} s`;
    const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
    return `${Number(value.toFixed(digits))}${unit === 'ms' ? ' ms' : ''}`;
  }

  // The fault bands lie behind the curves: a wash, and lines at both ends for those who do not see the wash.
  function drawFaults(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    for (const [from, to] of story.faults) {
      const left = plot.valToPos(from, 'x', true);
      const right = plot.valToPos(to, 'x', true);
      ctx.fillStyle = palette['fault-wash'];
      ctx.fillRect(left, bbox.top, right - left, bbox.height);
      ctx.strokeStyle = palette.fault;
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
      ctx.beginPath();
      for (const x of [left, right]) {
        ctx.moveTo(Math.round(x), bbox.top);
        ctx.lineTo(Math.round(x), bbox.top + bbox.height);
      }
      ctx.stroke();
    }
    ctx.restore();
  }

  function timeSteps(width, endSeconds) {
    const steps = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];
    return steps.find((step) => (endSeconds / step) * 64 <= width) ?? 21600;
  }

  function axes(unit, isLogarithmic, endSeconds) {
    const common = { stroke: () => palette.muted, font: palette.font, ticks: { show: false } };
    // A logarithmic axis has a line at every digit; the powers of ten are enough.
    const onlyPowers = (_, splits) => splits.map((value) => (Number.isInteger(Math.log10(value)) ? value : null));
    const filter = isLogarithmic ? { filter: onlyPowers } : {};
    return [
      {
        ...common,
        grid: { show: false },
        size: 24,
        gap: 6,
        splits: (plot) => {
          const step = timeSteps(plot.width, endSeconds);
          return Array.from({ length: Math.floor(endSeconds / step) + 1 }, (_, index) => index * step);
        },
        values: (_, splits) => splits.map(clockTime),
      },
      {
        ...common,
        ...filter,
        grid: { stroke: () => palette.line, width: 1, ...filter },
        size: parseInt(palette.axis, 10),
        gap: 8,
        space: 36,
        values: (_, splits) => splits.map((value) => (value === null ? null : amount(value, unit))),
      },
    ];
  }

  // A value alone between gaps has no line to be seen by. What is undefined belongs to another series' second.
  function loneValues(plot, line) {
    const values = plot.data[line];
    const known = [...values.keys()].filter((index) => values[index] !== undefined);
    const isGap = (index) => index === undefined || values[index] === null;
    return known.filter((at, order) => !isGap(at) && isGap(known[order - 1]) && isGap(known[order + 1]));
  }

  function series({ role, dash }) {
    const colour = () => palette[role];
    return {
      stroke: colour,
      width: 2,
      dash: DASHES[dash % DASHES.length],
      points: { show: false, filter: loneValues, size: 6, width: 0, fill: colour },
    };
  }

  function build(element, index) {
    const { unit, isLogarithmic, lines, endSeconds = story.endSeconds } = story.charts[index];
    const shown = element.closest('figure').querySelectorAll('.legend .value');
    const showValues = (plot) => {
      shown.forEach((value, line) => {
        const at = plot.cursor.idxs?.[line + 1];
        value.textContent =
          plot.cursor.left < 0 || at === null || at === undefined ? '' : amount(plot.data[line + 1][at], unit);
      });
    };
    const linear = { range: (_, low, high) => [Math.min(0, low ?? 0), (high ?? 0) <= 0 ? 1 : high * 1.08] };
    return new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        padding: [8, parseInt(palette.edge, 10), 0, 0],
        legend: { show: false },
        scales: {
          x: { time: false, range: () => [0, endSeconds] },
          y: isLogarithmic ? { distr: 3 } : linear,
        },
        axes: axes(unit, isLogarithmic, endSeconds),
        series: [{}, ...lines.map(series)],
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
        hooks: { drawClear: [drawFaults], setCursor: [showValues], draw: [countDrawn] },
      },
      // Each series has seconds of its own; what one lacks at another's second is no gap.
      uPlot.join(lines.map(({ seconds, values }) => [seconds, values])),
      element,
    );
  }

  // A chart with an axis of its own has moments of its own.
  const isOnStoryAxis = (element) => story.charts[Number(element.dataset.chart)].endSeconds === undefined;

  const drawn = new Set();
  function countDrawn(plot) {
    drawn.add(plot);
    document.documentElement.dataset.chartsDrawn = drawn.size;
  }

  const api = {
    endSeconds: story.endSeconds,
    clockTime,
    elements: [...document.querySelectorAll('.plot')],
    plots: [],
    /** Puts the cursor of every chart at that second; undefined takes it away. */
    pointAt(seconds) {
      for (const plot of api.plots.filter((_, index) => isOnStoryAxis(api.elements[index]))) {
        const left = seconds === undefined ? -10 : plot.valToPos(seconds, 'x');
        plot.setCursor({ left, top: seconds === undefined ? -10 : 0 });
      }
    },
    /** Reads the colours anew and draws with the width there is, or that of the sheet. */
    redraw(isPrinted) {
      palette = readPalette();
      api.plots.forEach((plot, index) => {
        plot.setSize({ width: isPrinted ? PRINT_WIDTH : api.elements[index].clientWidth, height: HEIGHT });
        plot.redraw(false, true);
      });
    },
  };
  api.plots = api.elements.map((element) => build(element, Number(element.dataset.chart)));
  return api;
})();
