/* What the page does beside drawing: one moment in all rows, colours and width that follow, paper, copying. */
(() => {
  const { storyCharts } = window;
  const slider = document.getElementById('moment');
  const sliderText = document.getElementById('moment-text');

  // The gutter and the axis stand left of second zero in every row, so one line serves all rows of a section.
  function area(rows) {
    const lane = rows.querySelector('.lane, .u-over');
    return lane?.getBoundingClientRect();
  }

  function showMoment(seconds) {
    for (const rows of document.querySelectorAll('[data-axis-rows]')) {
      const line = rows.querySelector('.moment-line');
      const lane = area(rows);
      line.hidden = seconds === undefined || lane === undefined;
      if (line.hidden) continue;
      line.style.left = `${lane.left - rows.getBoundingClientRect().left + (lane.width * seconds) / storyCharts.endSeconds}px`;
    }
    if (seconds === undefined) return;
    slider.value = String(Math.round(seconds));
    sliderText.textContent = storyCharts.clockTime(seconds);
    slider.setAttribute('aria-valuetext', sliderText.textContent);
  }

  function follow(seconds) {
    storyCharts.pointAt(seconds);
    showMoment(seconds);
  }

  for (const rows of document.querySelectorAll('[data-axis-rows]')) {
    rows.addEventListener('pointermove', (event) => {
      const lane = area(rows);
      if (lane === undefined || event.target === slider) return;
      const share = (event.clientX - lane.left) / lane.width;
      follow(share < 0 || share > 1 ? undefined : share * storyCharts.endSeconds);
    });
    rows.addEventListener('pointerleave', () => follow(undefined));
  }
  slider.closest('.scrubber').hidden = false;
  slider.addEventListener('input', () => follow(Number(slider.value)));

  let width = 0;
  new ResizeObserver(([entry]) => {
    if (entry.contentRect.width === width) return;
    width = entry.contentRect.width;
    storyCharts.redraw(false);
  }).observe(document.querySelector('main'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => storyCharts.redraw(false));

  matchMedia('print').addEventListener('change', ({ matches }) => storyCharts.redraw(matches));

  const copy = document.getElementById('copy');
  const copied = document.getElementById('copied');
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    const command = document.getElementById('replay');
    try {
      await navigator.clipboard.writeText(command.textContent);
      copied.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(command);
      copied.textContent = 'Selected: press Ctrl+C or ⌘C to copy';
    }
  });
})();
