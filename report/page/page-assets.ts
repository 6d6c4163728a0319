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

let assets: PageAssets | undefined;

/** Styles and script of the page, read once: uPlot from its package, ours from beside this file. */
export function pageAssets(): PageAssets {
  assets ??= readAssets();
  return assets;
}

const STYLES = ['base.css', 'verdict.css', 'rows.css', 'lanes.css', 'sections.css', 'print.css'];
const SCRIPTS = ['charts.js', 'page.js'];

function readAssets(): PageAssets {
  const packageFile = (name: string): string => readFileSync(require.resolve(`uplot/${name}`), 'utf8').trim();
  const ownFile = (name: string): string => readFileSync(join(__dirname, name), 'utf8').trim();
  // A report that is passed on passes uPlot on, so its licence goes along.
  const licence = `/*!\n${packageFile('LICENSE')}\n*/`;
  const styles = [packageFile('dist/uPlot.min.css'), ...STYLES.map(ownFile)].join('\n');
  const script = [licence, packageFile('dist/uPlot.iife.min.js'), ...SCRIPTS.map(ownFile)].join('\n');
  for (const [name, text] of Object.entries({ styles, script })) {
    if (!/<\/(script|style)|<!--/i.test(text)) continue;
    throw new Error(`The page's ${name} would end the element that holds them.`);
  }
  // The element holds the script between line breaks, and the browser hashes these too.
  const digest = createHash('sha256').update(`\n${script}\n`).digest('base64');
  return { styles, script, scriptSource: `'sha256-${digest}'` };
}
