import type { JustifiedGrant } from './justified-grants';

/** What a role may do, under the name of the function that has it, in whichever region. */
export interface ObservedGrant {
  readonly functionName: string;
  readonly action: string;
  readonly resource: string;
  readonly isUsed: boolean;
}

export interface GrantReport {
  /** Used by somebody on some day. */
  readonly used: number;
  /** Never used, and nobody has said why it is there. */
  readonly unused: readonly string[];
  /** Never used, with the reason. */
  readonly justified: readonly string[];
  /** Entries of the list that justify nothing any more. */
  readonly idle: readonly string[];
}

/** The two regions are one system: what is used after a failover is used. */
const keyOf = ({ functionName, action, resource }: ObservedGrant): string =>
  `${functionName}: ${action} on ${resource.replaceAll(/\b[a-z]{2}-[a-z]+-\d\b/g, 'REGION').replace(/execute-api:REGION:\d+:[^/]+/, 'execute-api:REGION:ACCOUNT:API')}`;

export function reportGrants(grants: readonly ObservedGrant[], list: readonly JustifiedGrant[]): GrantReport {
  const isUsed = new Map<string, boolean>();
  const byKey = new Map<string, ObservedGrant>();
  for (const grant of grants) {
    const key = keyOf(grant);
    isUsed.set(key, (isUsed.get(key) ?? false) || grant.isUsed);
    byKey.set(key, grant);
  }
  const justifies = (
    { functions, actions, resources = /./ }: JustifiedGrant,
    { functionName, action, resource }: ObservedGrant,
  ): boolean => functions.test(functionName) && actions.includes(action) && resources.test(resource);
  const never = [...byKey].filter(([key]) => isUsed.get(key) === false);
  const reasonFor = (grant: ObservedGrant): string | undefined => list.find((entry) => justifies(entry, grant))?.reason;
  return {
    used: byKey.size - never.length,
    unused: never.filter(([, grant]) => reasonFor(grant) === undefined).map(([key]) => key),
    justified: never.flatMap(([key, grant]) => {
      const reason = reasonFor(grant);
      return reason === undefined ? [] : [`${key}. ${reason}`];
    }),
    idle: list.filter((entry) => !never.some(([, grant]) => justifies(entry, grant))).map(({ reason }) => reason),
  };
}
