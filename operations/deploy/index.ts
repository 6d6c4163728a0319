/**
 * Deploys and deletes, around the CDK command line.
 *
 * - `deploy.ts`: shows the difference, asks, and goes stack by stack; `bake.ts` watches the alarms, `smoke-test.ts` orders
 * - `destroy.ts`: the way back, and what stays
 * - `deploy-platform.ts`: what they need of the world; `aws-deploy-platform.ts` is AWS, imported by its own name
 */
export { deploy, type DeployOutcome, type DeployRequest } from './deploy';
export type { AlarmState, DeployPlatform } from './deploy-platform';
export { destroy, leftovers } from './destroy';
