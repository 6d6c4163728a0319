import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** The rows of every table in docs/architecture.md that has a column "May import": folder to what it may import. */
function importTable(markdown: string): Map<string, string[]> {
  const table = new Map<string, string[]>();
  let isTable = false;
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) isTable = false;
    else if (line.includes('May import')) isTable = true;
    else if (isTable && !line.startsWith('| ---')) {
      const cells = line.split('|').map((cell) => cell.trim());
      const folder = /`([^`]+)\/`/.exec(cells[1]!)![1]!;
      const allowed =
        cells[3] === 'anything' ? ['anything'] : [...cells[3]!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
      table.set(folder, allowed);
    }
  }
  return table;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

/** What a file imports from the project itself, as paths from the root without extension. */
function ownImports(file: string, text: string): string[] {
  const specifiers = [...text.matchAll(/(?:from|import|require\()\s*'(\.[^']*)'/g)].map((match) => match[1]!);
  return specifiers.map((specifier) => relative(ROOT, resolve(ROOT, dirname(file), specifier)));
}

function isAllowed(target: string, folder: string, allowed: readonly string[]): boolean {
  return [folder, ...allowed].some((name) => name === 'anything' || target === name || target.startsWith(`${name}/`));
}

function violations(file: string, text: string, table: ReadonlyMap<string, readonly string[]>): string[] {
  return [...table]
    .filter(([folder]) => file.startsWith(`${folder}/`))
    .flatMap(([folder, allowed]) =>
      ownImports(file, text)
        .filter((target) => !isAllowed(target, folder, allowed))
        .map(
          (target) =>
            `${file} imports ${target}, but ${folder}/ may import only: ${allowed.join(', ') || 'nothing of ours'}`,
        ),
    );
}

type Imports = ReadonlyMap<string, readonly string[]>;

/** What each file of the folders imports from the project, files and imports as paths from the root without extension. */
function importsOf(folders: readonly string[]): Imports {
  const files = folders.flatMap(sourceFiles).map((file) => file.replace(/\.ts$/, ''));
  const known = new Set(files);
  const fileAt = (target: string): string => (known.has(target) ? target : `${target}/index`);
  return new Map(
    files.map((file) => [file, ownImports(file, readFileSync(join(ROOT, `${file}.ts`), 'utf8')).map(fileAt)]),
  );
}

/** The first way found by which a file imports itself, or undefined. Types count: a reader follows them as well. */
function circleIn(imports: Imports): string | undefined {
  const done = new Set<string>();
  const follow = (path: readonly string[]): string | undefined => {
    const file = path.at(-1)!;
    const start = path.indexOf(file);
    if (start < path.length - 1) return path.slice(start).join(' -> ');
    if (done.has(file)) return undefined;
    const found = (imports.get(file) ?? []).map((next) => follow([...path, next])).find((way) => way !== undefined);
    done.add(file);
    return found;
  };
  return [...imports.keys()].map((file) => follow([file])).find((way) => way !== undefined);
}

describe('The import table of docs/architecture.md', () => {
  const table = importTable(readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8'));
  const folders = [...table.keys()];

  it('names every room that holds code', () => {
    const rooms = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(\.|node_modules|cdk\.out|out$|docs$|runbooks$)/.test(entry.name))
      .map((entry) => entry.name);
    expect(folders).toEqual(expect.arrayContaining(rooms));
  });

  it.each(folders.filter((folder) => !folder.includes('/') && folder !== 'test'))('holds in %s/', (folder) => {
    const found = sourceFiles(folder).flatMap((file) =>
      violations(file, readFileSync(join(ROOT, file), 'utf8'), table),
    );
    expect(found).toEqual([]);
  });

  it('lets the game days see the simulator by its index only', () => {
    const found = sourceFiles('gamedays').flatMap((file) =>
      ownImports(file, readFileSync(join(ROOT, file), 'utf8'))
        .filter((target) => target.startsWith('simulator/') && target !== 'simulator/index')
        .map((target) => `${file} imports ${target}`),
    );
    expect(found).toEqual([]);
  });

  it('is refused when a file imports against it', () => {
    const found = violations('blueprint/wrong.ts', "import { x } from '../lib/stacks/data-stack';", table);
    expect(found).toEqual([expect.stringContaining('blueprint/ may import only: nothing of ours')]);
  });
});

describe('No file imports itself', () => {
  it('by whichever way', () => {
    const table = importTable(readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8'));
    const imports = importsOf([...table.keys()].filter((folder) => !folder.includes('/')));
    expect(imports.size).toBeGreaterThan(400);
    expect(circleIn(imports)).toBeUndefined();
  });

  it('is refused with the way', () => {
    const imports = new Map([
      ['a', ['b', 'c']],
      ['b', []],
      ['c', ['d']],
      ['d', ['b', 'c']],
    ]);
    expect(circleIn(imports)).toBe('c -> d -> c');
  });
});
