import { readFile } from 'node:fs/promises';
import Module from 'node:module';
import { dirname, resolve } from 'node:path';
import { build, stop } from 'esbuild';

/**
 * Runs a TypeScript file of the project: `node bin/start.mjs <file> [arguments]`.
 *
 * The file and what it imports of the project become one text first. As separate modules they would be translated one by
 * one, and every call from one to another would go through a getter: flights take a tenth longer that way, and commands a
 * quarter of a second longer to start. Packages stay where they are.
 */
if (process.argv[2] === undefined) {
  console.error('Which file is to be run? Say it as in: node bin/start.mjs bin/tandem.ts --help');
  process.exit(2);
}
const entry = resolve(process.argv[2]);

/** In one text there is one `__dirname`. Each file that asks is told its own. */
const ownPlaces = {
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!/\b__(?:dir|file)name\b/.test(text)) return { contents: text, loader: 'ts' };
      // On the first line, so that the others keep their numbers.
      const places = `const __dirname = ${JSON.stringify(dirname(path))}, __filename = ${JSON.stringify(path)};`;
      return { contents: places + text, loader: 'ts' };
    });
  },
};

const { outputFiles } = await build({
  entryPoints: [entry],
  absWorkingDir: resolve(import.meta.dirname, '..'),
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  sourcesContent: false,
  outfile: `${entry}.js`,
  write: false,
  logLevel: 'error',
  plugins: [ownPlaces],
});
void stop();

process.argv.splice(1, 2, entry);
process.setSourceMapsEnabled(true);
const main = new Module(entry);
main.filename = entry;
main.paths = Module._nodeModulePaths(dirname(entry));
main._compile(outputFiles[0].text, entry);
