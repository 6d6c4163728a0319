import { App, type AppProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseConfiguration } from '../../blueprint/configuration';
import cdkJson from '../../cdk.json';
import { buildTandem, type TandemStacks } from '../../lib/tandem-app';

/** The app as cdk.json configures it, with changes, and without bundling: a template does not depend on it. */
export function createApp(changes: Readonly<Record<string, unknown>> = {}, props: AppProps = {}): App {
  const context = { ...cdkJson.context, ...changes, 'aws:cdk:bundling-stacks': [] };
  return new App({ context, analyticsReporting: false, ...props });
}

/** Every stack of that app. CDK's own validation is the business of validation.test.ts. */
export function synthesize(changes: Readonly<Record<string, unknown>> = {}): TandemStacks {
  const app = createApp(changes, { builtinCloudFormationValidation: false });
  return buildTandem(app, parseConfiguration({ ...cdkJson.context, ...changes }));
}

const DOMAIN = {
  'tandem:domainName': 'orders.example.com',
  'tandem:zoneName': 'example.com',
  'tandem:hostedZoneId': 'Z0123456789ABCDEFGHIJ',
};

/** The configurations that together use every setting which shapes the templates. The first is cdk.json's. */
export const CONFIGURATIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no domain, eventual, failover': {},
  'domain, eventual, latency': { ...DOMAIN, 'tandem:routing': 'latency', 'tandem:dashboards': 'on' },
  'no domain, strong, failover': { 'tandem:consistency': 'strong' },
  'domain, strong, latency': {
    ...DOMAIN,
    'tandem:consistency': 'strong',
    'tandem:routing': 'latency',
    'tandem:jwtIssuer': 'https://issuer.example',
    'tandem:jwtAudience': 'orders',
  },
};

export interface PlainResource {
  Type: string;
  Properties: Record<string, unknown>;
  DependsOn?: string[];
}

export interface PlainTemplate {
  Resources: Record<string, PlainResource>;
  [section: string]: unknown;
}

/** A template without what differs between machines and says nothing: the digest of the code and the bootstrap rule. */
export function plainTemplate(stack: Parameters<typeof Template.fromStack>[0]): PlainTemplate {
  const template = structuredClone(Template.fromStack(stack).toJSON()) as PlainTemplate;
  delete template['Rules'];
  delete template['Parameters'];
  for (const resource of Object.values(template.Resources)) {
    if (resource.Type === 'AWS::Lambda::Function') resource.Properties['Code'] = 'the bundle of its entry';
  }
  return template;
}

/** The resources of one type, by logical id. */
export const resourcesOf = (template: PlainTemplate, type: string): Record<string, PlainResource> =>
  Object.fromEntries(Object.entries(template.Resources).filter(([, resource]) => resource.Type === type));
