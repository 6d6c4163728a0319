/* Draws the charts of a sheet: lines over named places, and what must be reached or not be exceeded. */
(() => {
  const charts = JSON.parse(document.getElementById('sheet-data').textContent);
  const DASHES = [[], [6, 4], [2, 3], [9, 3, 2, 3]];
  const HEIGHT = 220;
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(`--${name}`).trim();
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;

  function drawLimit(value) {
    return (plot) => {
      if (value === null) return;
      const { ctx, bbox } = plot;
      const y = plot.valToPos(value, 'y', true);
      ctx.save();
      ctx.strokeStyle = colour('bad');
      ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      ctx.restore();
    };
  }

  function build(element) {
    const { places, limit, lines } = charts[Number(element.dataset.chart)];
    // Only as many names as there is room for.
    const placesShown = (plot) => {
      const step = Math.max(1, Math.ceil((places.length * 56) / plot.width));
      return places.map((_, at) => at).filter((at) => at % step === 0);
    };
    const common = { stroke: () => colour('muted'), font, ticks: { show: false } };
    return new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        padding: [8, 24, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { time: false, range: () => [-0.25, places.length - 0.75] },
          y: { range: (_, low, high) => [Math.min(0, low ?? 0), 1.08 * Math.max(high ?? 0, limit ?? 0, 1e-9)] },
        },
        axes: [
          { ...common, grid: { show: false }, splits: placesShown, values: (_, at) => at.map((each) => places[each]) },
          { ...common, grid: { stroke: () => colour('line'), width: 1 }, size: 60 },
        ],
        series: [
          {},
          ...lines.map(({ role, dash }) => ({
            stroke: () => colour(role),
            width: 2,
            dash: DASHES[dash % DASHES.length],
            // A line that has no value at a place, since nobody has flown it there, goes on to the next one.
            spanGaps: true,
            points: { show: places.length < 20, size: 7, fill: () => colour(role) },
          })),
        ],
        hooks: { draw: [drawLimit(limit)] },
      },
      [places.map((_, at) => at), ...lines.map(({ values }) => values)],
      element,
    );
  }

  const elements = [...document.querySelectorAll('.plot')];
  const plots = elements.map(build);
  document.documentElement.dataset.chartsDrawn = plots.length;
  addEventListener('resize', () =>
    plots.forEach((plot, at) => plot.setSize({ width: elements[at].clientWidth, height: HEIGHT })),
  );
})();
