import { CATALOGUE, type GameDayResult } from '../../gamedays';
import type { FunctionGrant } from '../../gamedays/result';
import type { JustifiedGrant } from './justified-grants';

export interface GrantReport {
  /** Used by somebody on some day. */
  readonly used: number;
  /** Never used, and nobody has said why it is there. */
  readonly unused: readonly string[];
  /** Never used, with the reason. */
  readonly justified: readonly string[];
  /** Entries of the list that justify nothing any more. */
  readonly idle: readonly string[];
  /** Functions that have used nothing of what they may do: no day has made them work. */
  readonly resting: readonly string[];
  /** What was called and not granted: who, which action, on what. */
  readonly denied: readonly string[];
  /** Game days of the catalogue without a result among these. */
  readonly missing: readonly string[];
}

type FlownDay = Pick<GameDayResult, 'gameDay' | 'access'>;

/** The stages differ in size alone: what is used in one of them is used. */
const withoutStage = (name: string): string => name.replace(/\btandem-(sandbox|full)-/, 'tandem-STAGE-');

/** The two regions are one system: what is used after a failover is used. */
const withoutPlace = (resource: string): string =>
  resource
    .replaceAll(/\b[a-z]{2}-[a-z]+-\d\b/g, 'REGION')
    .replace(/execute-api:REGION:\d+:[^/]+/, 'execute-api:REGION:ACCOUNT:API');

const keyOf = ({ functionName, action, resource }: FunctionGrant): string =>
  `${functionName}: ${action} on ${withoutPlace(resource)}`;

/**
 * What the functions may do and have not done on any of these days, and what they were denied.
 * @throws Error for a result of a target that cannot tell
 */
export function reportGrants(results: readonly FlownDay[], list: readonly JustifiedGrant[]): GrantReport {
  const access = results.map(accessOf);
  const isUsed = new Map<string, boolean>();
  const byKey = new Map<string, FunctionGrant>();
  for (const { functionName, action, resource, isUsed: isUsedHere } of access.flatMap(({ grants }) => grants)) {
    const grant = {
      functionName: withoutStage(functionName),
      action,
      resource: withoutStage(resource),
      isUsed: isUsedHere,
    };
    const key = keyOf(grant);
    isUsed.set(key, (isUsed.get(key) ?? false) || grant.isUsed);
    byKey.set(key, grant);
  }
  const justifies = (
    { functions, actions, resources = /./ }: JustifiedGrant,
    { functionName, action, resource }: FunctionGrant,
  ): boolean => functions.test(functionName) && actions.includes(action) && resources.test(resource);
  const never = [...byKey].filter(([key]) => isUsed.get(key) === false);
  const reasonFor = (grant: FunctionGrant): string | undefined => list.find((entry) => justifies(entry, grant))?.reason;
  const working = new Set([...byKey].filter(([key]) => isUsed.get(key)).map(([, grant]) => grant.functionName));
  const functions = new Set([...byKey.values()].map(({ functionName }) => functionName));
  const flown = new Set(results.map(({ gameDay }) => gameDay.name));
  return {
    used: byKey.size - never.length,
    unused: never.filter(([, grant]) => reasonFor(grant) === undefined).map(([key]) => key),
    justified: never.flatMap(([key, grant]) => {
      const reason = reasonFor(grant);
      return reason === undefined ? [] : [`${key}. ${reason}`];
    }),
    idle: list.filter((entry) => !never.some(([, grant]) => justifies(entry, grant))).map(({ reason }) => reason),
    resting: [...functions].filter((name) => !working.has(name)),
    denied: [...new Set(access.flatMap(({ denials }) => denials))],
    missing: CATALOGUE.map(({ name }) => name).filter((name) => !flown.has(name)),
  };
}

function accessOf({ gameDay, access }: FlownDay): NonNullable<FlownDay['access']> {
  if (access === undefined) throw new Error(`A result of ${gameDay.name} says nothing of grants: fly it again.`);
  return access;
}
