import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CfnResource, Stack, type App } from 'aws-cdk-lib';
import { parseConfiguration } from '../../blueprint/configuration';
import cdkJson from '../../cdk.json';
import { buildTandem } from '../../lib/tandem-app';
import { CONFIGURATIONS, createApp, LEAN } from './synthesis';

interface ValidationReport {
  readonly pluginReports: readonly { readonly violations: readonly { readonly ruleName: string }[] }[];
}

/** Synthesize with CDK's own validation, and read the report it leaves beside the templates. */
function validate(
  build: (app: App) => void,
  changes: Readonly<Record<string, unknown>> = {},
): { rules: string[]; failed: boolean } {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-validation-'));
  const app = createApp(changes, { outdir, builtinCloudFormationValidation: true });
  build(app);
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

/** A stack with one resource that is wrong. */
const planted =
  (type: string, properties: Record<string, unknown>) =>
  (app: App): void => {
    new CfnResource(new Stack(app, 'Planted', { env: { region: 'us-east-1' } }), 'Wrong', { type, properties });
  };

describe("CDK's own validation", () => {
  const validationOfCaller = process.env['CDK_VALIDATION'];
  beforeAll(() => {
    delete process.env['CDK_VALIDATION'];
    // It prints its findings as well.
    jest.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterAll(() => {
    if (validationOfCaller !== undefined) process.env['CDK_VALIDATION'] = validationOfCaller;
  });

  test.each(Object.entries({ ...CONFIGURATIONS, lean: LEAN }))(
    'finds nothing in Tandem with %s, not even a warning',
    (_, changes) => {
      const build = (app: App): unknown => buildTandem(app, parseConfiguration({ ...cdkJson.context, ...changes }));
      expect(validate(build, changes)).toEqual({ rules: [], failed: false });
    },
  );

  test('stops a synthesis with a property that does not exist', () => {
    expect(validate(planted('AWS::SQS::Queue', { Nope: 1 }))).toEqual({ rules: ['F3002'], failed: true });
  });

  test('reports a value outside its enumeration, which stops nothing: the report is the gate', () => {
    const { rules, failed } = validate(planted('AWS::Logs::LogGroup', { LogGroupClass: 'NEARLY_STANDARD' }));
    expect({ rules, failed }).toEqual({ rules: ['W3030'], failed: false });
  });
});
