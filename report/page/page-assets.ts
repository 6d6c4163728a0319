import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the browser needs, as text to be inlined. The only place of this room that reads files. */
export interface PageAssets {
  readonly styles: string;
  readonly script: string;
  /** The script as a source of a Content-Security-Policy: nothing else may run in the page. */
  readonly scriptSource: string;
}

const STYLES = ['base.css', 'verdict.css', 'rows.css', 'lanes.css', 'sections.css', 'print.css', 'sheet.css'];
const read = new Map<string, PageAssets>();

/** Styles and script of a game day's page, read once: uPlot from its package, ours from beside this file. */
export const pageAssets = (): PageAssets => assetsWith('charts.js', 'page.js');
/** The same for a sheet of charts. */
export const sheetAssets = (): PageAssets => assetsWith('sheet.js');

function assetsWith(...scripts: readonly string[]): PageAssets {
  const key = scripts.join(' ');
  const assets = read.get(key) ?? readAssets(scripts);
  read.set(key, assets);
  return assets;
}

function readAssets(scripts: readonly string[]): PageAssets {
  const packageFile = (name: string): string => readFileSync(require.resolve(`uplot/${name}`), 'utf8').trim();
  const ownFile = (name: string): string => readFileSync(join(__dirname, name), 'utf8').trim();
  // A report that is passed on passes uPlot on, so its licence goes along.
  const licence = `/*!\n${packageFile('LICENSE')}\n*/`;
  const styles = [packageFile('dist/uPlot.min.css'), ...STYLES.map(ownFile)].join('\n');
  const script = [licence, packageFile('dist/uPlot.iife.min.js'), ...scripts.map(ownFile)].join('\n');
  for (const [name, text] of Object.entries({ styles, script })) {
    if (!/<\/(script|style)|<!--/i.test(text)) continue;
    throw new Error(`The page's ${name} would end the element that holds them.`);
  }
  // The element holds the script between line breaks, and the browser hashes these too.
  const digest = createHash('sha256').update(`\n${script}\n`).digest('base64');
  return { styles, script, scriptSource: `'sha256-${digest}'` };
}
