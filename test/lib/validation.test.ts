import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CfnResource, type App } from 'aws-cdk-lib';
import { parseConfiguration } from '../../blueprint/configuration';
import cdkJson from '../../cdk.json';
import { buildTandem, type TandemStacks } from '../../lib/tandem-app';
import { createApp } from './synthesis';

interface ValidationReport {
  readonly pluginReports: readonly { readonly violations: readonly { readonly ruleName: string }[] }[];
}

/** Synthesize with CDK's own validation, and read the report it leaves beside the templates. */
function validate(plant: (stacks: TandemStacks) => void = () => {}): { rules: string[]; failed: boolean } {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-validation-'));
  const app: App = createApp({}, { outdir, builtinCloudFormationValidation: true });
  plant(buildTandem(app, parseConfiguration(cdkJson.context)));
  let failed = false;
  try {
    app.synth();
  } catch {
    failed = true;
  }
  const text = fs.readFileSync(path.join(outdir, 'validation-report.json'), 'utf8');
  fs.rmSync(outdir, { recursive: true });
  const { pluginReports } = JSON.parse(text) as ValidationReport;
  return { rules: pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName)), failed };
}

describe("CDK's own validation", () => {
  const validationOfCaller = process.env['CDK_VALIDATION'];
  beforeAll(() => delete process.env['CDK_VALIDATION']);
  afterAll(() => {
    if (validationOfCaller !== undefined) process.env['CDK_VALIDATION'] = validationOfCaller;
  });

  test('finds nothing, not even a warning', () => {
    expect(validate()).toEqual({ rules: [], failed: false });
  });

  test('stops a synthesis with a property that does not exist', () => {
    const planted = validate(({ data }) => {
      new CfnResource(data, 'Planted', { type: 'AWS::SQS::Queue', properties: { Nope: 1 } });
    });
    expect(planted).toEqual({ rules: ['F3002'], failed: true });
  });

  test('reports a value outside its enumeration, which alone stops nothing', () => {
    const planted = validate(({ data }) => {
      new CfnResource(data, 'Planted', {
        type: 'AWS::Logs::LogGroup',
        properties: { LogGroupClass: 'NEARLY_STANDARD' },
      });
    });
    expect(planted.rules).not.toEqual([]);
  });
});
