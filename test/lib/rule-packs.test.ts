import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Validations, type App, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { parseConfiguration } from '../../blueprint/configuration';
import cdkJson from '../../cdk.json';
import { ACKNOWLEDGED_FINDINGS } from '../../lib/acknowledged-findings';
import { buildTandem } from '../../lib/tandem-app';
import { CONFIGURATIONS, createApp, LEAN } from './synthesis';

interface Finding {
  readonly pluginName: string;
  readonly violations: readonly {
    readonly ruleName: string;
    readonly violatingConstructs: readonly { readonly constructPath: string }[];
  }[];
}

/** What the packs find, as `pack::rule path of the construct`. */
function findings(build: (app: App) => void, changes: Readonly<Record<string, unknown>> = {}): string[] {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-packs-'));
  const app = createApp(changes, { outdir, builtinCloudFormationValidation: false });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  build(app);
  try {
    app.synth();
  } catch {
    // Findings stop the synthesis; the report is there all the same.
  }
  const text = fs.readFileSync(path.join(outdir, 'validation-report.json'), 'utf8');
  fs.rmSync(outdir, { recursive: true });
  const { pluginReports } = JSON.parse(text) as { pluginReports: readonly Finding[] };
  return pluginReports.flatMap(({ pluginName, violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${pluginName}::${ruleName} ${constructPath}`),
    ),
  );
}

const tandemWith =
  (changes: Readonly<Record<string, unknown>>, then: (stack: Stack) => void = () => {}) =>
  (app: App): void =>
    then(buildTandem(app, parseConfiguration({ ...cdkJson.context, ...changes })).witness);

const FULL = { 'tandem:stage': 'full', 'tandem:healthPath': 'test-5c9b7a61d84e3520', 'tandem:automation': 'on' };

describe("cdk-nag's packs AwsSolutions and Serverless", () => {
  beforeAll(() => {
    jest.spyOn(console, 'error').mockImplementation(() => {});
  });

  test.each(Object.entries({ ...CONFIGURATIONS, lean: LEAN, full: FULL }))(
    'find nothing unacknowledged with %s',
    (_, changes) => {
      expect(findings(tandemWith(changes), changes)).toEqual([]);
    },
  );

  test('find what is acknowledged, so that no entry outlives its finding', () => {
    const acknowledge = jest.spyOn(Validations.prototype, 'acknowledge').mockImplementation(() => {});

    const found = findings(tandemWith(FULL), FULL).map((finding) => finding.replace(/\/Resource$/, '').split(' '));
    acknowledge.mockRestore();

    const unused = ACKNOWLEDGED_FINDINGS.filter(
      ({ id, constructs }) => !found.some(([rule, construct]) => rule === id && constructs.test(`/${construct}`)),
    );
    expect(found.length).toBeGreaterThan(ACKNOWLEDGED_FINDINGS.length);
    expect(unused).toEqual([]);
  });

  test('catch an over-broad grant and a queue that takes unencrypted calls', () => {
    const planted = tandemWith({}, (stack) => {
      const role = new Role(stack, 'Planted', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }));
      new Queue(stack, 'PlantedQueue');
    });
    expect(findings(planted).map((finding) => finding.split(' ')[0])).toEqual(
      expect.arrayContaining([
        'AwsSolutions::AwsSolutions-IAM5[Action::dynamodb:*]',
        'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
        'AwsSolutions::AwsSolutions-SQS4',
      ]),
    );
  });
});
