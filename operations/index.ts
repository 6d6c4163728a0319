/**
 * What the person who runs the system asks for. Only the region switch, the plans, the override of load shedding, deploy and
 * destroy change anything.
 *
 * - `alarm-review.ts`: every alarm with what it rests on, and what is missing
 * - `alarm-reach.ts`, `alarm-cost.ts`, `alarm-evidence.ts`: what an alarm can see, what it costs, what game days prove of it
 * - `alarm-proofs.ts`: the document that keeps what game days have proven
 * - `alarm-review-page.ts`, `alarm-review-html.ts`: the review for a terminal, as Markdown and for a browser
 * - `capacity-plan.ts`: how much each region carries and what runs out first; `capacity-template.ts` reads what the templates
 *   give it, `capacity-page.ts` and `capacity-sheet.ts` show it
 * - `cloud-assembly.ts`: the templates as plain JSON; `cost/`: what a month of them costs;
 *   `template-rules/`: what no linter sees in them; `preflight/`: what an account lacks before they are deployed
 * - `deploy/`: deploys and deletes, around the CDK command line
 * - `openapi-document.ts`: the public interface for those who call it
 * - `deployment.ts`: the hosts and names that a deployment has written down
 * - `region-switch.ts`: takes a region out of DNS and back; `switch-guards.ts` may refuse, `switch-view.ts` looks,
 *   `switch-page.ts` shows
 * - `customer-plan.ts`: gives a customer a plan, where plans are written
 * - `shed-override.ts`: orders how far a region is open until it expires; `shed-view.ts` looks
 * - `switch-platform.ts`: what the switch needs of the world; `aws-switch-platform.ts` is AWS, and is imported by its own
 *   name where it is used, since it loads the SDK
 */
export { evidenceOf, readResults, type AlarmEvidence } from './alarm-evidence';
export { evidenceOfProofs, PROOFS_FILE, readProofs, updateProofs, type AlarmProofs } from './alarm-proofs';
export { OWN_ALARMS, reviewAlarms, type AlarmFinding, type AlarmReview, type AlarmReviewOptions } from './alarm-review';
export { alarmReviewHtml } from './alarm-review-html';
export { alarmReviewMarkdown, alarmReviewText } from './alarm-review-page';
export { capacityMarkdown, capacityText } from './capacity-page';
export { planCapacity, type CapacityPlan, type RegionPlan, type ResourcePlan, type ServicePlan } from './capacity-plan';
export { capacitySheet } from './capacity-sheet';
export { CapacityError } from './capacity-template';
export { CloudAssemblyError, readCloudAssembly, type CloudAssembly, type SynthesizedStack } from './cloud-assembly';
export { CostError, costMarkdown, costText, monthlyCost, type CostLine, type MonthlyCost } from './cost';
export { setPlan, showPlan, type PlanOutcome, type PlanPlatform, type PlanRequest } from './customer-plan';
export {
  deploy,
  destroy,
  leftovers,
  type AlarmState,
  type DeployOutcome,
  type DeployPlatform,
  type DeployRequest,
} from './deploy';
export {
  DEPLOYMENT_FILE,
  DeploymentError,
  parseDeployment,
  readDeployment,
  type Deployment,
  type RegionDeployment,
} from './deployment';
export { openApiDocument } from './openapi-document';
export {
  preflightText,
  runPreflight,
  type Account,
  type PreflightFinding,
  type PreflightInputs,
  type PreflightResult,
} from './preflight';
export { evacuate, failBack, switchStatus, type SwitchOutcome, type SwitchRequest } from './region-switch';
export { clearShed, setShed, type SetShedRequest, type ShedRequest } from './shed-override';
export { shedStatus, type ShedPlatform, type ShedView } from './shed-view';
export { TEMPLATE_RULES, templateFindings, type TemplateFinding } from './template-rules';
export type { HttpAnswer, PlainItem, SwitchPlatform, TableAddress } from './switch-platform';
export type { RegionView, SwitchItem, SwitchView } from './switch-view';
