import { CUSTOMER_PLANS_KEY, DEFAULT_PLAN, type CustomerPlan } from '../blueprint/customer-plans';
import { TIME_BUDGETS } from '../blueprint/time-budgets';
import type { Deployment, RegionDeployment } from './deployment';
import type { SwitchPlatform } from './switch-platform';

/** What the commands about plans need of the world. */
export type PlanPlatform = Pick<SwitchPlatform, 'now' | 'sleep' | 'readItem' | 'writeItem' | 'say'>;

export interface PlanRequest {
  readonly platform: PlanPlatform;
  readonly deployment: Deployment;
  readonly customerId: string;
}

/** `done`: the writer region has the plan. `failed`: whether it has is not known. */
export type PlanOutcome = 'done' | 'failed';

/** Replication takes a second, usually. What takes longer than this is worth saying. */
const REPLICATION_WAIT_MS = 20_000;
const POLL_MS = 1_000;
const CACHE_SECONDS = TIME_BUDGETS.planCacheMs / 1_000;

/** Tells what each region believes of a customer. @returns whether both answered */
export async function showPlan({ platform, deployment, customerId }: PlanRequest): Promise<PlanOutcome> {
  let outcome: PlanOutcome = 'done';
  for (const at of deployment.regions) {
    const plan = await readPlan(platform, at, customerId);
    if (plan === 'unknown') outcome = 'failed';
    platform.say(`${at.region}: ${plan === 'unknown' ? 'does not answer' : plan}`);
  }
  return outcome;
}

/**
 * Gives a customer a plan: written in the one region that writes plans, then watched until the other one has it too.
 *
 * There is no writing elsewhere while that region is lost: two writers would be settled by the clock, and everybody can
 * do with an old plan.
 */
export async function setPlan(request: PlanRequest & { readonly plan: CustomerPlan }): Promise<PlanOutcome> {
  const { platform, deployment, customerId, plan } = request;
  const writer = deployment.regions.find(({ region }) => region === deployment.plansWriterRegion)!;
  try {
    const item = { [CUSTOMER_PLANS_KEY]: customerId, plan, changedAt: platform.now() };
    await platform.writeItem({ region: writer.region, tableName: writer.plansTable }, item);
  } catch (error) {
    platform.say(`${writer.region} did not take the plan: ${(error as Error).message}`);
    platform.say(`Plans are written there and nowhere else. Run the same command again when it answers.`);
    return 'failed';
  }
  platform.say(`${customerId} is ${plan} in ${writer.region}. Its functions follow within ${CACHE_SECONDS} s.`);
  for (const reader of deployment.regions.filter((each) => each !== writer)) {
    platform.say(await awaitReplica(request, reader));
  }
  return 'done';
}

async function awaitReplica(
  { platform, customerId, plan }: PlanRequest & { readonly plan: CustomerPlan },
  reader: RegionDeployment,
): Promise<string> {
  const startMs = platform.now();
  for (;;) {
    const seen = await readPlan(platform, reader, customerId);
    const waitedSeconds = Math.round((platform.now() - startMs) / 1_000);
    if (seen === plan)
      return `${reader.region} has it after ${waitedSeconds} s, and its functions within ${CACHE_SECONDS} s more.`;
    if (platform.now() - startMs >= REPLICATION_WAIT_MS) {
      const found = seen === 'unknown' ? 'does not answer' : `still has ${seen}`;
      return `${reader.region} ${found} after ${waitedSeconds} s: it serves the old plan until replication has caught up.`;
    }
    await platform.sleep(POLL_MS);
  }
}

async function readPlan(
  platform: PlanPlatform,
  { region, plansTable }: RegionDeployment,
  customerId: string,
): Promise<string> {
  try {
    const item = await platform.readItem({ region, tableName: plansTable }, { [CUSTOMER_PLANS_KEY]: customerId });
    return item === undefined ? DEFAULT_PLAN : String(item['plan']);
  } catch {
    return 'unknown';
  }
}
