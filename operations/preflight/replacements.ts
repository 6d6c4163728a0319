import type { SynthesizedStack, TemplateResource } from '../cloud-assembly';
import { objectOf } from '../template-rules/template-rule';
import type { PreflightFinding } from './finding';

/**
 * Properties that make CloudFormation replace a health check when they change
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-healthcheck-healthcheckconfig.html).
 */
const CREATE_ONLY = ['Type', 'RequestInterval', 'Port', 'ResourcePath', 'MeasureLatency'];

/** @param template as CloudFormation has it */
export const deployedResources = (template: unknown): Readonly<Record<string, TemplateResource>> =>
  (template as { readonly Resources?: Readonly<Record<string, TemplateResource>> } | undefined)?.Resources ?? {};

/**
 * Health checks that a deployment would replace, and tables whose consistency it would change. A new inverted check starts
 * unhealthy, so replacing one takes its region out of DNS for a moment; a table's consistency cannot be changed at all.
 * @param deployed the template as CloudFormation has it
 */
export function replacementFindings(
  { stackName, region, resources }: SynthesizedStack,
  deployed: unknown,
): PreflightFinding[] {
  return Object.entries(deployedResources(deployed)).flatMap(
    ([logicalId, { Type, Properties = {} }]): PreflightFinding[] => {
      const after = resources[logicalId];
      const finding = (text: string, fix: string): PreflightFinding[] => [
        { check: 'replacements', level: 'blocker', region, text: `${logicalId} of ${stackName}: ${text}`, fix },
      ];
      if (Type === 'AWS::Route53::HealthCheck') {
        const [was, becomes] = [Properties, after?.Properties ?? {}].map((each) => objectOf(each['HealthCheckConfig']));
        if (after === undefined || was === undefined || becomes === undefined) return [];
        const changed = CREATE_ONLY.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(becomes[name]));
        if (changed.length === 0) return [];
        const danger =
          was['Inverted'] === true ? 'A new inverted check starts unhealthy' : 'A new check knows nothing for a while';
        return finding(
          `the health check would be replaced, since ${changed.join(' and ')} would change. ${danger}.`,
          'Make the new check beside it, wait until it is healthy, re-point the calculated check, then delete the old one: three deployments. See runbooks/deploy.md.',
        );
      }
      if (Type === 'AWS::DynamoDB::GlobalTable' && after !== undefined) {
        const [was, becomes] = [Properties, after.Properties ?? {}].map(
          (each) => each['MultiRegionConsistency'] ?? 'EVENTUAL',
        );
        if (was === becomes) return [];
        return finding(
          `MultiRegionConsistency would change from ${String(was)} to ${String(becomes)}, which a table cannot.`,
          'Set tandem:consistency back, or move the data to a new table under another stage.',
        );
      }
      return [];
    },
  );
}
