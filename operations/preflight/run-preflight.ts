import type { Identity } from './account';
import * as checks from './checks';
import type { PreflightInputs } from './checks';
import { isAboutCredentials, unanswered, type FindingLevel, type PreflightFinding } from './finding';

export interface PreflightResult {
  /** @default - it is not known who asks */
  readonly identity?: Identity;
  readonly findings: readonly PreflightFinding[];
  /** Whether nothing speaks against a deployment. */
  readonly isClear: boolean;
}

const ORDER: readonly FindingLevel[] = ['blocker', 'unknown', 'note'];

/** Asks everything that can be known before a deployment, and changes nothing. The worst comes first. */
export async function runPreflight(inputs: PreflightInputs): Promise<PreflightResult> {
  let identity: Identity;
  try {
    identity = await inputs.account.identity();
  } catch (error) {
    // Without credentials every other answer would be the same complaint.
    return resultOf([credentialsFinding(error), ...(await checks.templates(inputs))]);
  }
  const found: (readonly PreflightFinding[])[] = [];
  for (const check of [
    checks.bootstrap,
    checks.concurrency,
    checks.stacks,
    checks.names,
    checks.zone,
    checks.records,
    checks.replacements,
    checks.templates,
    checks.cost,
  ]) {
    // One after the other: what throttles an account is many questions at once.
    found.push(await check(inputs));
  }
  return { identity, ...resultOf(found.flat()) };
}

function credentialsFinding(error: unknown): PreflightFinding {
  if (!isAboutCredentials(error)) return unanswered('credentials', undefined, error);
  return {
    check: 'credentials',
    level: 'blocker',
    text: `There are no credentials that AWS accepts: ${(error as Error).message}`,
    fix: 'aws sso login, or set AWS_PROFILE, and run it again.',
  };
}

function resultOf(findings: readonly PreflightFinding[]): PreflightResult {
  const sorted = findings.toSorted((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
  return { findings: sorted, isClear: findings.every(({ level }) => level === 'note') };
}

/** The result for a terminal: each finding with its fix. */
export function preflightText({ identity, findings, isClear }: PreflightResult): string {
  const who = identity === undefined ? [] : [`Account ${identity.account}, as ${identity.arn}`];
  const lines = findings.flatMap(({ level, check, text, fix }) => [
    '',
    `${level.toUpperCase().padEnd(8)} ${check}: ${text}`,
    `         ${fix}`,
  ]);
  const verdict = isClear ? 'Nothing speaks against a deployment.' : 'Do not deploy before this is settled.';
  return [...who, ...lines, '', verdict, ''].join('\n');
}
