import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATALOGUE } from '../../gamedays';
import { failedResult } from '../report/region-loss-result';
import { tandem, TEST_TIMEOUT_MS } from './tandem';

// Made at load: tests that run at once do not wait for `beforeAll`.
const folder = mkdtempSync(join(tmpdir(), 'tandem-cli-'));
const file = (name: string): string => join(folder, name);
const write = (name: string, content: unknown): void => writeFileSync(file(name), JSON.stringify(content));
write('a-file', 'no folder');
mkdirSync(file('foreign-assembly'));
write('foreign-assembly/manifest.json', {
  artifacts: Object.fromEntries(
    ['us-east-1', 'us-west-2'].map((region) => [
      `Tandem-sandbox-Service-${region}`,
      {
        type: 'aws:cloudformation:stack',
        environment: `aws://unknown-account/${region}`,
        properties: { templateFile: 'Foreign.template.json' },
      },
    ]),
  ),
});
write('foreign-assembly/Foreign.template.json', { Resources: { Stream: { Type: 'AWS::Kinesis::Stream' } } });
afterAll(() => rmSync(folder, { recursive: true }));

const run = ['gameday', 'run', 'region-loss'];
const seedsAllowed = 'Allowed: two whole numbers from 0 to 4294967295 in order';
const assemblyAllowed = 'Allowed: a folder with the manifest.json of a cloud assembly';

describe('The command line answers bad input with one line and exit code 2', () => {
  it.concurrent.each<[what: string, args: readonly string[], ...expected: string[]]>([
    [
      'an unknown game day',
      ['gameday', 'run', 'region-lost'],
      '"region-lost"',
      'Allowed: steady-state',
      'Did you mean region-loss?',
    ],
    ['no game day', ['gameday', 'run'], "'name'", '--help'],
    ['an unknown command', ['gamedays'], "'gamedays'", 'Did you mean gameday?', '--help'],
    ['an unknown option', [...run, '--sed', '7'], "'--sed'", 'Did you mean --seed?'],
    ['a seed that is no number', [...run, '--seed', 'abc'], "'abc'", 'Allowed: a whole number from 0 to 4294967295'],
    ['a negative seed', [...run, '--seed', '-1'], "'-1'", 'Allowed: a whole number'],
    ['seeds that run backwards', ['gameday', 'sweep', 'region-loss', '--seeds', '5..1'], "'5..1'", seedsAllowed],
    ['a sweep without seeds', ['gameday', 'sweep', 'region-loss'], '--seeds', '--help'],
    ['a result under a file', [...run, '--json', file('a-file/x.json')], 'Cannot write', 'is not a folder'],
    ['a report under a file', [...run, '--report', file('a-file/x.html')], 'Cannot write', 'is not a folder'],
    ['a trace under a file', [...run, '--trace', file('a-file/x.txt')], 'Cannot write', 'is not a folder'],
    ['the same region twice', [...run, '-c', 'tandem:standbyRegion=us-east-1'], 'both us-east-1', 'three different'],
    ['an unknown region', [...run, '-c', 'tandem:standbyRegion=us-west-22'], '"us-west-22"', 'did you mean us-west-2?'],
    ['an empty domain', [...run, '-c', 'tandem:zoneName='], 'tandem:zoneName is empty', 'tandem.example.com'],
    ['an unknown setting', [...run, '-c', 'tandem:stag=full'], 'tandem:stag ', 'did you mean tandem:stage?'],
    ['an assembly that is not there', [...run, '--assembly', file('nowhere')], 'nowhere', assemblyAllowed],
    [
      'an assembly of another configuration',
      [...run, '--assembly', file('foreign-assembly'), '-c', 'tandem:standbyRegion=eu-west-1'],
      'another configuration',
      'no stack Tandem-sandbox-Service-eu-west-1',
    ],
    ['no run at all', ['gameday', 'swarm', '--runs', '0'], "'0'", 'Allowed: a whole number from 1 to 100000'],
    ['too many orders', ['gameday', 'swarm', '--orders', '1000000'], "'1000000'", 'such as --orders 200'],
    ['faults that are no numbers', ['gameday', 'swarm', '--faults', 'delay'], "'delay'", '--faults 0,2, or none'],
    [
      'a fault that the run does not have',
      ['gameday', 'swarm', '--run-seed', '7', '--faults', '0,99'],
      'Run 7 with 200 orders has no fault 99',
      'Allowed:',
    ],
    ['faults of no run', ['gameday', 'swarm', '--faults', '0'], '--faults', '--run-seed'],
    ['an unknown measurement', ['bench', 'ordr'], "'ordr'", 'Did you mean order?'],
    [
      'more load than one region carries',
      ['capacity', '-c', 'tandem:plannedOrdersPerSecond=9'],
      'carries 5 orders/s of the 9 that are planned',
      'tandem:oneRegionShortfall=accepted',
    ],
    ['the capacity of another app', ['capacity', '--assembly', file('foreign-assembly')], 'has no table'],
    ['a plan under a file', ['capacity', '--json', file('a-file/x.json')], 'Cannot write', 'is not a folder'],
    ['a bill under a file', ['cost', '--json', file('a-file/x.json')], 'Cannot write', 'is not a folder'],
    [
      'a result that is not there',
      ['gameday', 'compare', file('x.json'), file('y.json')],
      'x.json',
      'there is no such',
    ],
    ['one result to compare', ['gameday', 'compare', file('x.json')], "'after'", '--help'],
    ['proofs of no results', ['alarms', 'prove', '--results', file('nowhere')], 'nowhere', 'Allowed: a folder with'],
    ['two forms of one page', ['alarms', 'review', '--json', '--markdown'], '--markdown', '--json'],
  ])(
    'for %s',
    async (_what, args, ...expected) => {
      const outcome = await tandem(...args);

      expect(outcome).toEqual({ exitCode: 2, output: '', errorLines: [expect.any(String)] });
      for (const part of expected) expect(outcome.errorLines[0]).toContain(part);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('The command line', () => {
  it.concurrent(
    'makes no folder of a mistyped path',
    async () => {
      const outcome = await tandem(...run, '--json', file('mistyped/result.json'));

      const line: unknown = expect.stringContaining('mistyped does not exist');
      expect(outcome).toEqual({ exitCode: 2, output: '', errorLines: [line] });
      expect(existsSync(file('mistyped'))).toBe(false);
    },
    TEST_TIMEOUT_MS,
  );

  it.concurrent(
    'exits with 4 and names what the simulator does not model',
    async () => {
      const files = ['--assembly', file('foreign-assembly'), '--report', file('report.html')];
      const { exitCode, errorLines } = await tandem(...run, ...files);

      const line: unknown = expect.stringContaining(
        'NotModelled: Resource type AWS::Kinesis::Stream (Tandem-sandbox-Service-us-east-1/Stream)',
      );
      expect({ exitCode, errorLines }).toEqual({ exitCode: 4, errorLines: [line] });
      expect(existsSync(file('report.html'))).toBe(false);
    },
    TEST_TIMEOUT_MS,
  );

  it.concurrent(
    'says that AWS does not answer, and no word of versions of Node.js that a later SDK will need',
    async () => {
      const { exitCode, output, errorLines } = await tandem('preflight');

      expect({ exitCode, errorLines }).toEqual({ exitCode: 1, errorLines: [''] });
      expect(output).toContain('UNKNOWN  credentials: It does not answer');
    },
    TEST_TIMEOUT_MS,
  );

  it.concurrent(
    'compares two results, and exits with 1 when one check became worse',
    async () => {
      const better = { ...failedResult, verdict: 'pass', checks: [], trace: { digest: 'b', lines: 1 } };
      write('worse.json', failedResult);
      write('better.json', better);

      const worse = await tandem('gameday', 'compare', file('better.json'), file('worse.json'));
      const same = await tandem('gameday', 'compare', file('worse.json'), file('worse.json'));

      expect([worse.exitCode, worse.output.split(' ')[0]]).toEqual([1, 'WORSE']);
      expect([same.exitCode, same.output.split('  ')[0]]).toEqual([0, 'AS GOOD']);
    },
    TEST_TIMEOUT_MS,
  );

  it.concurrent(
    'lists every game day with its hypothesis',
    async () => {
      const { exitCode, output } = await tandem('gameday', 'list');

      expect(exitCode).toBe(0);
      for (const { name, hypothesis } of CATALOGUE) {
        expect(output).toContain(`${name}\n`);
        expect(output).toContain(hypothesis);
      }
    },
    TEST_TIMEOUT_MS,
  );

  it.concurrent(
    'reviews the alarms, and fails for what it finds only when it is asked to',
    async () => {
      const [relaxed, strict] = await Promise.all([
        tandem('alarms', 'review'),
        tandem('alarms', 'review', '--json', '--strict'),
      ]);

      const { findings } = JSON.parse(strict.output) as { findings: unknown[] };
      expect(relaxed.exitCode).toBe(0);
      expect(relaxed.output).toContain(`Findings: ${findings.length}.`);
      expect(strict.exitCode).toBe(findings.length === 0 ? 0 : 1);
    },
    TEST_TIMEOUT_MS,
  );

  it.concurrent(
    'shows the commands when none is named',
    async () => {
      const { exitCode, errorLines } = await tandem('gameday');

      expect(exitCode).toBe(2);
      expect(errorLines[0]).toContain('Usage: tandem gameday');
      expect(errorLines.join('\n')).not.toContain('outputHelp');
    },
    TEST_TIMEOUT_MS,
  );
});
