import type { Command } from 'commander';
import { compareResults, readResult, terminalComparison } from '../../report';
import { EXIT_CODES } from './exit-codes';

export function addCompareCommand(gameday: Command): void {
  gameday
    .command('compare')
    .argument('<before>', 'a result document')
    .argument('<after>', 'another one of the same game day')
    .description('what is different between two runs; exits with 1 when a check became worse')
    .action((before: string, after: string) => {
      const comparison = compareResults(readResult(before), readResult(after));
      console.log(terminalComparison(comparison, { isColoured: process.stdout.isTTY }));
      process.exitCode = comparison.worse.length > 0 ? EXIT_CODES.findings : EXIT_CODES.pass;
    });
}
