import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATALOGUE } from '../gamedays/catalogue';

/** One step of a check: a command, and whether jest counts its tests. */
interface Step {
  readonly name: string;
  readonly command: string;
  readonly isJest?: boolean;
  /** Whether what it prints is worth reading when it has passed, too. */
  readonly showsOutput?: boolean;
}

const jest = (name: string, ...paths: string[]): Step => ({
  name,
  command: `npx jest ${paths.join(' ')}`,
  isJest: true,
});

/** What the flights of the verification leave: a folder for each configuration. */
const RESULTS = 'out/verify';

/** @param gameDays names with blanks between them */
const sweep = (gameDays: string, seeds: string, configuration = '', settings: readonly string[] = []): Step => {
  const results = join(RESULTS, configuration === '' ? 'as-it-comes' : configuration.replaceAll(/\W+/g, '-').slice(1));
  const command = `mkdir -p ${results} && npm run -s tandem -- gameday sweep ${gameDays} --seeds ${seeds} --results ${results}`;
  return { name: `${gameDays} ${seeds}${configuration}`, command: [command, ...settings].join(' -c tandem:') };
};

/** A custom domain for the embedded cloud, where everybody owns every name. */
const DOMAIN = ['domainName=orders.example.com', 'zoneName=example.com', 'hostedZoneId=Z0123456789ABCDEFGHIJ'];

/** Hours of virtual time, or tens of orders a second: `gameday sweep` without a name flies these as well. */
const LONG_DAYS = new Set(['steady-day', 'slow-burn', 'traffic-flood']);
const SHORT_DAYS = CATALOGUE.map(({ name }) => name)
  .filter((name) => !LONG_DAYS.has(name))
  .join(' ');

/** What the responder must act on, and what it must leave alone. */
const AUTOMATED_DAYS = 'gray-region dynamodb-throttled dead-dependency peer-partition observer-lost bad-deployment';

const CHECKS: Readonly<Record<string, readonly Step[]>> = {
  test: [
    { name: 'format', command: 'npx oxfmt --check' },
    { name: 'lint', command: 'npx oxlint --type-aware' },
    { name: 'types', command: 'npx tsc' },
    jest('house', 'test/house'),
    jest(
      'unit',
      'test/blueprint',
      'test/client',
      'test/lambdas',
      'test/report',
      'test/bench',
      'test/operations',
      'test/cli',
    ),
    jest('templates', 'test/lib'),
    jest('conformance', 'test/simulator'),
    jest('game-days', 'test/gamedays', 'test/regressions'),
    { name: 'overload', command: 'npm run -s bench -- overload --plan reduced --fresh' },
  ],
  verify: [
    {
      name: 'differential',
      command: 'DIFFERENTIAL_RUNS=20000 npx jest test/simulator/dynamodb/differential',
      isJest: true,
    },
    {
      name: 'generated requests',
      command: 'GENERATED_REQUESTS=10000 npx jest test/lambdas/generated-requests',
      isJest: true,
    },
    jest('slow flights', 'test/verify'),
    { ...sweep(SHORT_DAYS, '1..1'), name: 'the short game days' },
    sweep('region-loss', '2..10'),
    sweep('region-loss', '1..1', ', domain, latency', [...DOMAIN, 'routing=latency']),
    sweep('injected-metrics', '1..1', ', domain', DOMAIN),
    sweep('region-loss', '1..1', ', strong', ['consistency=strong']),
    { ...sweep(AUTOMATED_DAYS, '1..1', ', automation', ['automation=on']), name: 'the days of the responder' },
    sweep('poison-message', '1..1', ', tokens', ['jwtIssuer=https://issuer.example', 'jwtAudience=orders']),
    { name: 'grants', command: `npx tsx test/gamedays/find-unused-grants.ts ${RESULTS}/*`, showsOutput: true },
    { name: 'overload', command: 'npm run -s bench -- overload --plan verify --fresh', showsOutput: true },
    { name: 'swarm', command: 'npm run -s tandem -- gameday swarm --runs 100' },
    { name: 'swarm defects', command: 'npx tsx test/gamedays/find-defects.ts', showsOutput: true },
  ],
};

/** Runs every step, one line each; a step that fails shows its output and how to run it alone. */
function main(name: string): void {
  const steps = CHECKS[name];
  if (steps === undefined) {
    console.error(`Unknown check "${name}". Allowed: ${Object.keys(CHECKS).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  let passed = 0;
  let failed = 0;
  const directory = mkdtempSync(join(tmpdir(), 'tandem-check-'));
  // Flights of another version of the app would speak of grants that there are no more.
  if (name === 'verify') rmSync(RESULTS, { recursive: true, force: true });
  for (const step of steps) {
    const result = runStep(step, join(directory, 'jest.json'));
    passed += result.passed;
    failed += result.failed;
  }
  rmSync(directory, { recursive: true });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function runStep(step: Step, jestReport: string): { passed: number; failed: number } {
  const startedMs = Date.now();
  const command = step.isJest === true ? `${step.command} --json --outputFile=${jestReport}` : step.command;
  const run = spawnSync(command, { shell: true, encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  const isPassed = run.status === 0;
  const counts =
    step.isJest === true ? jestCounts(jestReport, isPassed) : { passed: Number(isPassed), failed: Number(!isPassed) };
  const detail = step.isJest === true ? `  ${counts.passed} tests` : '';
  console.log(`${isPassed ? 'ok  ' : 'FAIL'}  ${step.name.padEnd(44)} ${seconds.padStart(6)} s${detail}`);
  if (isPassed && step.showsOutput === true) console.log(run.stdout.trimEnd().replace(/^/gm, '        '));
  if (!isPassed) {
    console.log(`${run.stdout}\n${run.stderr}`.slice(-20_000));
    console.log(`Run this step alone: ${step.command}`);
  }
  return counts;
}

// A step that ran no test at all has failed, whatever its exit code says.
function jestCounts(report: string, isPassed: boolean): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    rmSync(report);
    const failed = numFailedTests + Number(!isPassed && numFailedTests === 0);
    return { passed: numPassedTests, failed: failed + Number(numPassedTests + failed === 0) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

main(process.argv[2] ?? 'test');
