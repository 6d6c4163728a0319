import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { awsSwitchPlatform } from '../aws-switch-platform';
import { readDeployment } from '../deployment';
import type { AlarmState, DeployPlatform } from './deploy-platform';
import { placeOrder } from './place-order';

/** The world of a deployment on AWS. @param directory of the project, where commands run */
export function awsDeployPlatform(directory: string): DeployPlatform {
  const { now, sleep, httpGet, ask, say } = awsSwitchPlatform();
  return {
    now,
    sleep,
    ask,
    say,
    placeOrder,
    readDeployment,
    run: (command) => run(directory, command),
    alarms,
    httpStatus: async (host, path) => (await httpGet(host, path))?.status,
    collectOutputs: (files, into) => {
      const outputs = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
      writeFileSync(into, `${JSON.stringify(Object.assign({}, ...outputs), null, 2)}\n`);
    },
  };
}

function run(cwd: string, [program, ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program!, args, { cwd, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

async function alarms(region: string, AlarmNamePrefix: string): Promise<AlarmState[]> {
  const client = new CloudWatchClient({ region, maxAttempts: 3 });
  const found: AlarmState[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeAlarmsCommand({
        AlarmNamePrefix,
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    for (const { AlarmName, StateValue } of [...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? [])]) {
      found.push({ name: AlarmName ?? '', region, state: StateValue ?? 'INSUFFICIENT_DATA' });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}
