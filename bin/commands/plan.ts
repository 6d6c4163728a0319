import { Argument, InvalidArgumentError, type Command } from 'commander';
import { CUSTOMER_ID_SCHEMA, CUSTOMER_PLANS, type CustomerPlan } from '../../blueprint/customer-plans';
import { setPlan, showPlan, type PlanOutcome } from '../../operations';
import { loadDeployment, platformOf, withDeployment } from './deployment-option';
import { EXIT_CODES } from './exit-codes';

interface PlanOptions {
  readonly deployment: string;
}

export function addPlanCommands(program: Command): void {
  const group = program.command('plan').description("customers' plans: which orders come first when not all can");
  withDeployment(group.command('show'))
    .argument('<customer>', 'as orders name it', parseCustomer)
    .description('what each region believes')
    .action(async (customerId: string, { deployment: file }: PlanOptions, command: Command) => {
      const deployment = loadDeployment(file, command);
      exitWith(await showPlan({ platform: await platformOf(deployment), deployment, customerId }));
    });
  withDeployment(group.command('set'))
    .argument('<customer>', 'as orders name it', parseCustomer)
    .addArgument(new Argument('<plan>', 'the plan').choices(CUSTOMER_PLANS))
    .description('give a customer a plan, in the one region that writes them')
    .action(async (customerId: string, plan: CustomerPlan, { deployment: file }: PlanOptions, command: Command) => {
      const deployment = loadDeployment(file, command);
      exitWith(await setPlan({ platform: await platformOf(deployment), deployment, customerId, plan }));
    });
}

function exitWith(outcome: PlanOutcome): void {
  process.exitCode = outcome === 'done' ? EXIT_CODES.pass : EXIT_CODES.findings;
}

function parseCustomer(text: string): string {
  if (CUSTOMER_ID_SCHEMA.safeParse(text).success) return text;
  throw new InvalidArgumentError('Allowed: 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-".');
}
