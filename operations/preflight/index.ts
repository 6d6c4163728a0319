/**
 * What can be known before a deployment: asked of the account, read only, each finding with its fix.
 *
 * - `run-preflight.ts`: all checks, and the page; `checks.ts`, `names.ts`, `replacements.ts`: what each looks at
 * - `finding.ts`: a finding, and what a call that fails means
 * - `account.ts`: what is asked; `aws-account.ts` is AWS, imported by its own name where it is used, since it loads the SDK,
 *   with `taken-names.ts`
 */
export type { Account, ChosenNames, Concurrency, DeployedStack, HostedZone, Identity } from './account';
export type { PreflightInputs } from './checks';
export type { FindingLevel, PreflightFinding } from './finding';
export { preflightText, runPreflight, type PreflightResult } from './run-preflight';
