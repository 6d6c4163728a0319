import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  collectContext,
  parseAssemblyFolder,
  parseFile,
  parseFolder,
  parseSeed,
  parseSeedRange,
} from '../../bin/commands/option-parsers';

describe('A seed', () => {
  it.each([
    ['0', 0],
    ['7', 7],
    ['4294967295', 4_294_967_295],
  ])('may be %s', (text, seed) => {
    expect(parseSeed(text)).toBe(seed);
  });

  it.each(['', ' ', 'abc', '-1', '1.5', '1e3', '0x10', '4294967296', 'Infinity'])('may not be "%s"', (text) => {
    expect(() => parseSeed(text)).toThrow('Allowed: a whole number from 0 to 4294967295, such as --seed 7.');
  });
});

describe('A range of seeds', () => {
  it('holds both its ends', () => {
    expect(parseSeedRange('3..5')).toEqual([3, 4, 5]);
    expect(parseSeedRange('3..3')).toEqual([3]);
  });

  it.each(['', '5', '5..', '..5', '5..1', '1..2..3', '1...3', 'a..b', '-1..3', '0..4294967296', '1..10001'])(
    'may not be "%s"',
    (text) => {
      expect(() => parseSeedRange(text)).toThrow('Allowed: two whole numbers from 0 to 4294967295 in order');
    },
  );
});

describe('A context value', () => {
  it('is collected beside the others, and may hold an equals sign or nothing', () => {
    expect(collectContext('b=x=y', collectContext('a=', {}))).toEqual({ a: '', b: 'x=y' });
  });

  it.each(['', 'a', '=x'])('may not be "%s"', (text) => {
    expect(() => collectContext(text, {})).toThrow('Allowed: key=value');
  });
});

describe('A file', () => {
  it('must have a name', () => {
    expect(parseFile('out/x.json')).toBe('out/x.json');
    expect(() => parseFile('')).toThrow('Allowed: the path of a file');
  });
});

describe('A folder to write to', () => {
  it('must be there, so that a mistyped path makes none', () => {
    expect(parseFolder(tmpdir())).toBe(tmpdir());
    expect(() => parseFolder(join(tmpdir(), 'mistyped'))).toThrow('Allowed: a folder that exists. Make it with mkdir');
    expect(() => parseFolder(__filename)).toThrow('Allowed: a folder that exists');
  });
});

describe('A cloud assembly', () => {
  let folder: string;
  const assembly = (name: string, manifest?: string): string => {
    mkdirSync(join(folder, name));
    if (manifest !== undefined) writeFileSync(join(folder, name, 'manifest.json'), manifest);
    return join(folder, name);
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-parsers-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('is a folder whose manifest lists artifacts', () => {
    const sound = assembly('sound', '{"artifacts":{}}');

    expect(parseAssemblyFolder(sound)).toBe(sound);
  });

  it.each([
    ['is not there', () => join(folder, 'nowhere')],
    ['is a file', () => __filename],
    ['has no manifest', () => assembly('empty')],
    ['has a manifest cut short', () => assembly('short', '{ "artifacts":')],
    ['has a manifest of something else', () => assembly('else', '{"name":"app"}')],
    ['has a manifest that is null', () => assembly('null', 'null')],
  ])('is refused when it %s', (_what, path) => {
    expect(() => parseAssemblyFolder(path())).toThrow('Allowed: a folder with the manifest.json of a cloud assembly.');
  });
});
