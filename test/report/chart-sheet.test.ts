import { chartSheetHtml, type ChartSheet } from '../../report';

const sheet: ChartSheet = {
  schemaVersion: 1,
  kind: 'chart-sheet',
  title: 'A </script> of charts',
  summary: 'What was found.',
  command: 'npm run -s tandem -- capacity',
  charts: [
    {
      look: 'bars',
      title: 'Used of each limit',
      unit: '%',
      places: ['workers'],
      lines: [{ name: 'planned', values: [80] }],
      limit: { name: 'used up', value: 200 },
    },
    {
      look: 'lines',
      title: 'Done in time',
      unit: 'share',
      places: ['1x', '20x'],
      lines: [
        { name: 'regulator', values: [1, 0.97] },
        { name: 'none', values: [null, 0.1] },
      ],
    },
  ],
};

describe('A sheet of charts', () => {
  test('says every figure in a table, and draws bars as a part of their limit', () => {
    const page = chartSheetHtml(sheet);
    expect(page).toContain('width: 40.0%');
    expect(page).toContain('<td>0.97 share</td>');
    expect(page).toContain('<td>–</td>');
    expect(page.match(/class="plot"/g)).toHaveLength(1);
  });

  test('loads nothing, and no text of it becomes an element', () => {
    const page = chartSheetHtml(sheet);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/(src|href)="https?:/);
    expect(page.split('</script>')).toHaveLength(3);
  });

  test('is refused when it is of another version, in one line', () => {
    const other = { ...sheet, schemaVersion: 2 } as unknown as ChartSheet;
    expect(() => chartSheetHtml(other)).toThrow(/schemaVersion 2, known is "chart-sheet" of version 1\. Make it again/);
  });
});
