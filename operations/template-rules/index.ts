/**
 * What templates get wrong and no linter sees, each rule with a template that must fail. They read cdk.out as plain JSON, run
 * in the tests of every change and in `tandem preflight`.
 *
 * - `arns.ts`: names where ARNs belong, ARNs of other services and regions
 * - `alarms.ts`, `health-checks.ts`, `records.ts`, `tables.ts`: what CloudWatch, Route 53 and DynamoDB refuse or cannot follow
 * - `documents.ts`: dashboards, schedules and experiments, which are languages of their own
 * - `security.ts`: encryption, grants, secrets, logs that never end
 * - `template-rule.ts`, `template-text.ts`: what a rule is, and what a template knows of a value
 */
import type { CloudAssembly } from '../cloud-assembly';
import { compositeAlarms, metricAlarms } from './alarms';
import { arns } from './arns';
import { dashboards, experiments, schedules } from './documents';
import { healthChecks } from './health-checks';
import { records } from './records';
import { grants, logGroups, queues, resourcePolicies, secrets, topics } from './security';
import { tables } from './tables';
import type { TemplateFinding, TemplateRule } from './template-rule';

export type { TemplateFinding, TemplateRule } from './template-rule';

export const TEMPLATE_RULES: readonly TemplateRule[] = [
  arns,
  metricAlarms,
  compositeAlarms,
  healthChecks,
  records,
  tables,
  dashboards,
  schedules,
  experiments,
  queues,
  topics,
  logGroups,
  grants,
  resourcePolicies,
  secrets,
];

/** What all rules find. */
export const templateFindings = (assembly: CloudAssembly): TemplateFinding[] =>
  TEMPLATE_RULES.flatMap((rule) => rule.findings(assembly));
