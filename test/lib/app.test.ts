import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const root = path.join(__dirname, '..', '..');

/** Run the app as the CDK CLI would, with `-c` settings and without bundling. */
function runApp(context: Record<string, unknown>, outdir?: string): { status: number | null; stderr: string } {
  const tsx = path.join(root, 'node_modules', '.bin', 'tsx');
  const { status, stderr } = spawnSync(tsx, ['bin/app.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:bundling-stacks': [] }),
      ...(outdir === undefined ? {} : { CDK_OUTDIR: outdir }),
    },
  });
  return { status, stderr };
}

describe('The CDK app', () => {
  test('answers a wrong setting with one line and exit code 2, and no stack trace', () => {
    const { status, stderr } = runApp({ 'tandem:standbyRegion': 'us-wets-2' });

    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('did you mean us-west-2?');
  });

  test('synthesizes without the CDK CLI, from the settings of cdk.json', () => {
    const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-app-'));

    const { status, stderr } = runApp({}, outdir);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(fs.readdirSync(outdir).filter((file) => file.endsWith('.template.json'))).toHaveLength(10);
    fs.rmSync(outdir, { recursive: true });
  });
});
