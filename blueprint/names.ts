import type { Stage } from './capacity';
import type { DatumName } from './data';
import type { ServiceName } from './services';

/**
 * Physical names, chosen by us wherever AWS lets us: what needs no look-up can be named in a grant, a runbook and an
 * alarm of another stack or region, and stays the same when a stack is made again.
 */
export const functionName = (stage: Stage, service: ServiceName): string => `tandem-${stage}-${service}`;
export const logGroupName = (stage: Stage, service: ServiceName): string =>
  `/aws/lambda/${functionName(stage, service)}`;
/** Tables and queues. */
export const datumResourceName = (stage: Stage, datum: DatumName): string => `tandem-${stage}-${datum}`;
export const alarmName = (stage: Stage, alarmId: string): string => `tandem-${stage}-${alarmId}`;
export const topicName = (stage: Stage, severity: string): string => `tandem-${stage}-${severity}`;
/** Dashboards are the account's and no region's, so the region stands in the name. */
export const dashboardName = (stage: Stage, scope: string): string => `tandem-${stage}-${scope}`;
export const apiName = (stage: Stage, api: 'public' | 'health' | 'payments'): string => `tandem-${stage}-${api}`;
export const stackName = (stage: Stage, stack: string): string => `Tandem-${stage}-${stack}`;

/** A region's own name under a custom domain: it answers with that region whatever DNS says of the shared name. */
export const regionDomainName = (domainName: string, region: string): string => `${region}.${domainName}`;
/** The name of a region's health API under a custom domain. */
export const healthDomainName = (domainName: string, region: string): string => `health-${region}.${domainName}`;

/** The role of the person who runs the commands of the runbooks, where we choose its name. */
export const OPERATOR_ROLE = 'tandem-operator';

/** The item of the regional state table that says a region is evacuated. */
export const evacuationKey = (region: string): string => `evacuation#${region}`;
/** Partition key of the audit table, a string: the order that the record is about. */
export const AUDIT_KEY = 'orderId';

/** Its key attribute. */
export const REGIONAL_STATE_KEY = 'name';
/** The item of the same table by which the region regulates its load. */
export const REGULATION_KEY = 'regulation';
