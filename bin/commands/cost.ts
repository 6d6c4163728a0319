import { InvalidArgumentError, type Command } from 'commander';
import { costMarkdown, costText, monthlyCost } from '../../operations';
import { checkWritable, writeReport } from '../../report';
import { parseFile } from './option-parsers';
import { loadSynthesized, withSynthesized, type SynthesizedOptions } from './synthesized';

interface CostOptions extends SynthesizedOptions {
  readonly ordersPerSecond: number;
  readonly json?: string;
  readonly markdown?: true;
}

export function addCostCommand(program: Command): void {
  withSynthesized(program.command('cost'))
    .description('what a month costs, from the synthesized templates and a given traffic')
    .option('--orders-per-second <n>', 'around the clock, in the preferred region', parseOrdersPerSecond, 0)
    .option('--json <file>', 'also write every line of the bill for machines', parseFile)
    .option('--markdown', 'print the page as Markdown')
    .action(cost);
}

async function cost({ json, markdown, ordersPerSecond, ...synthesized }: CostOptions): Promise<void> {
  if (json !== undefined) await checkWritable(json);
  const result = monthlyCost(await loadSynthesized(synthesized), ordersPerSecond);
  process.stdout.write(markdown === true ? costMarkdown(result) : costText(result));
  if (json !== undefined) await writeReport(json, `${JSON.stringify(result, null, 2)}\n`);
}

function parseOrdersPerSecond(text: string): number {
  const orders = Number(text);
  if (text.trim() !== '' && orders >= 0 && orders <= 10_000) return orders;
  throw new InvalidArgumentError('Allowed: a number from 0 to 10000, such as --orders-per-second 4.');
}
