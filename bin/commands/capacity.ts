import { resolve } from 'node:path';
import type { Command } from 'commander';
import { prepareFlight } from '../../gamedays';
import { CapacityError, capacityMarkdown, capacityText, planCapacity, type CapacityPlan } from '../../operations';
import { checkWritable, writeReport } from '../../report';
import { EXIT_CODES } from './exit-codes';
import { collectContext, parseAssemblyFolder, parseFile } from './option-parsers';

const APP_DIRECTORY = resolve(__dirname, '../..');

interface CapacityOptions {
  readonly json?: string;
  readonly markdown?: true;
  readonly assembly?: string;
  readonly context: Record<string, string>;
}

export function addCapacityCommand(program: Command): void {
  program
    .command('capacity')
    .description('how much each region carries, what runs out first, and what to add')
    .option('--json <file>', 'write the plan for machines', parseFile)
    .option('--markdown', 'print the page as Markdown')
    .option('--assembly <directory>', 'read this cloud assembly instead of synthesizing', parseAssemblyFolder)
    .option('-c, --context <key=value>', 'a context value that wins over cdk.json', collectContext, {})
    .action(run);
}

async function run({ json, markdown, assembly, context }: CapacityOptions, command: Command): Promise<void> {
  if (json !== undefined) await checkWritable(json);
  const flight = await prepareFlight(APP_DIRECTORY, context, assembly);
  const plan = planOrRefuse(() => planCapacity(flight.assembly.stacks, flight.configuration), command);
  if (json !== undefined) await writeReport(json, `${JSON.stringify(plan, null, 2)}\n`);
  process.stdout.write(markdown === true ? capacityMarkdown(plan) : capacityText(plan));
  process.exitCode = plan.oneRegion.headroomShare >= 0 ? EXIT_CODES.pass : EXIT_CODES.findings;
}

function planOrRefuse(plan: () => CapacityPlan, command: Command): CapacityPlan {
  try {
    return plan();
  } catch (error) {
    if (error instanceof CapacityError)
      command.error(`${error.message} Allowed: an assembly that this version has synthesized.`);
    throw error;
  }
}
