import type { Command } from 'commander';
import { readConfiguration } from '../../gamedays';
import { capacityMarkdown, capacitySheet, capacityText, planCapacity } from '../../operations';
import { chartSheetHtml, checkWritable, writeReport } from '../../report';
import { EXIT_CODES } from './exit-codes';
import { parseFile } from './option-parsers';
import { APP_DIRECTORY, loadSynthesized, withSynthesized, type SynthesizedOptions } from './synthesized';

interface CapacityOptions extends SynthesizedOptions {
  readonly json?: string;
  readonly markdown?: true;
  readonly report?: string;
}

export function addCapacityCommand(program: Command): void {
  withSynthesized(program.command('capacity'))
    .description('how much each region carries, what runs out first, and what to add')
    .option('--json <file>', 'also write the plan for machines', parseFile)
    .option('--report <file>', 'also write its charts as one HTML file', parseFile)
    .option('--markdown', 'print the page as Markdown')
    .action(capacity);
}

async function capacity({ json, markdown, report, ...synthesized }: CapacityOptions): Promise<void> {
  for (const file of [json, report]) if (file !== undefined) await checkWritable(file);
  const configuration = readConfiguration(APP_DIRECTORY, synthesized.context);
  const plan = planCapacity(await loadSynthesized(synthesized), configuration);
  if (json !== undefined) await writeReport(json, `${JSON.stringify(plan, null, 2)}\n`);
  if (report !== undefined) await writeReport(report, chartSheetHtml(capacitySheet(plan)));
  process.stdout.write(markdown === true ? capacityMarkdown(plan) : capacityText(plan));
  process.exitCode = plan.oneRegion.headroomShare >= 0 ? EXIT_CODES.pass : EXIT_CODES.findings;
}
