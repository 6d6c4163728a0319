import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The first Chromium on the path, or undefined where none is installed. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
}

export interface OpenedPage {
  /** The data attributes of the `html` element after the page's scripts have run. */
  readonly data: Readonly<Record<string, string>>;
  /** Everything the browser said about the page: errors, refusals of the page's policy. */
  readonly console: readonly string[];
}

/** A Chromium without a window, with a profile that lives as long as this object. */
export class Chromium {
  private readonly folder = mkdtempSync(join(tmpdir(), 'tandem-page-'));

  constructor(private readonly path: string) {}

  /** Opens the page in a window of that width. */
  async open(html: string, widthPx = 1280): Promise<OpenedPage> {
    const { stdout, stderr } = await this.run(html, [
      `--window-size=${widthPx},800`,
      '--enable-logging=stderr',
      '--dump-dom',
    ]);
    const root = /<html[^>]*>/.exec(stdout)?.[0] ?? '';
    const data = Object.fromEntries(
      [...root.matchAll(/ data-([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
    );
    return { data, console: stderr.split('\n').filter((line) => line.includes('CONSOLE')) };
  }

  /** A picture of the page, as a PNG file's bytes. */
  async screenshot(html: string, widthPx: number, heightPx: number): Promise<Buffer> {
    const picture = join(this.folder, 'page.png');
    await this.run(html, [`--window-size=${widthPx},${heightPx}`, '--hide-scrollbars', `--screenshot=${picture}`]);
    return readFileSync(picture);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private run(html: string, flags: readonly string[]): Promise<{ stdout: string; stderr: string }> {
    const page = join(this.folder, 'page.html');
    writeFileSync(page, html);
    const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
    return promisify(execFile)(
      this.path,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        ...quiet,
        `--user-data-dir=${join(this.folder, 'profile')}`,
        ...flags,
        `file://${page}`,
      ],
      { maxBuffer: 1 << 26 },
    );
  }
}
