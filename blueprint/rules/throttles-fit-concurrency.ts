import type { Blueprint } from '../blueprint';
import { BACKGROUND_EXECUTIONS, EXECUTION_MS, type StageCapacity } from '../capacity';

/** Lambda keeps so many unreserved (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html). */
const UNRESERVED_MIN = 100;

const FRONT_ENDS = ['intake', 'query'] as const;

/** The buckets through which a front end is reached. */
const BUCKETS = { intake: ['intake', 'import'], query: ['query', 'list'] } as const;

type FrontEnd = (typeof FRONT_ENDS)[number];

/**
 * The executions that their buckets can ask of front ends: Little's law for the streams of each, and one route that is emptied
 * meanwhile. That two are emptied at the same instant is not planned for: for that instant the later ones are throttled.
 */
function executionsOf(fronts: readonly FrontEnd[], { routeThrottles }: StageCapacity): number {
  const needs = fronts.map((front) => {
    const buckets = BUCKETS[front].map((bucket) => routeThrottles[bucket]);
    const requestsPerSecond = buckets.reduce((sum, bucket) => sum + bucket.requestsPerSecond, 0);
    const steady = Math.ceil((requestsPerSecond * EXECUTION_MS[front]) / 1_000);
    return { steady, emptied: Math.max(steady, ...buckets.map(({ burst }) => burst)) };
  });
  const steadySum = needs.reduce((sum, { steady }) => sum + steady, 0);
  return steadySum + Math.max(0, ...needs.map(({ steady, emptied }) => emptied - steady));
}

/**
 * What the route throttles let pass can be executed, beside the workers and the background, with what the account has.
 * Otherwise a flood of the public routes takes the executions that health and the workers need.
 */
export function throttlesFitConcurrency({ capacity }: Blueprint): string[] {
  const failures: string[] = [];
  for (const [stage, of] of Object.entries(capacity)) {
    const { workers, reservedConcurrency: reserved, accountConcurrencyMin, nominalOrdersPerSecond } = of;
    for (const front of FRONT_ENDS) {
      const share = reserved?.[front];
      const asked = executionsOf([front], of);
      if (share !== undefined && asked > share) {
        failures.push(
          `Stage ${stage} lets ${front} need ${asked} executions and reserves ${share}: lower its throttle or reserve more.`,
        );
      }
    }
    if (of.routeThrottles.intake.requestsPerSecond < 2 * nominalOrdersPerSecond) {
      failures.push(
        `Stage ${stage} throttles intake below twice its nominal ${nominalOrdersPerSecond} orders/s: repeats after a failover would be refused.`,
      );
    }
    const reservedSum = Object.values(reserved ?? {}).reduce((sum, each) => sum + each, 0);
    const unreservedFronts = FRONT_ENDS.filter((front) => reserved?.[front] === undefined);
    const needed = workers + BACKGROUND_EXECUTIONS + executionsOf(unreservedFronts, of);
    const left = accountConcurrencyMin - reservedSum;
    if (needed > left) {
      failures.push(
        `Stage ${stage} needs ${needed} unreserved executions and has ${left}: raise accountConcurrencyMin, or lower workers or throttles.`,
      );
    }
    if (reservedSum > 0 && left < UNRESERVED_MIN) {
      failures.push(`Stage ${stage} leaves ${left} executions unreserved: Lambda wants ${UNRESERVED_MIN}.`);
    }
  }
  return failures;
}
