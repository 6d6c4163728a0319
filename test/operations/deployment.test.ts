import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDeployment, readDeployment } from '../../operations';
import { outputs, PRIMARY, STANDBY } from './switch-world';

const folder = mkdtempSync(join(tmpdir(), 'tandem-deployment-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(content: string): string {
  const file = join(folder, 'outputs.json');
  writeFileSync(file, content);
  return file;
}

describe('The deployment file', () => {
  it('gives hosts, tables and names of both regions', () => {
    const deployment = readDeployment(written(JSON.stringify(outputs())));

    expect(deployment).toMatchObject({
      stage: 'sandbox',
      serviceName: 'api.tandem.example',
      nameServers: ['ns-1.example', 'ns-2.example'],
    });
    expect(deployment.regions.map(({ region }) => region)).toEqual([STANDBY, PRIMARY]);
    expect(deployment.regions[0]).toMatchObject({
      healthHost: 'health.execute-api.us-west-2.amazonaws.com',
      stateTable: 'tandem-sandbox-regional-state',
      ordersTable: 'tandem-sandbox-orders',
    });
  });

  it("needs no name servers when the zone is somebody else's", () => {
    const stacks = outputs();
    delete stacks['Tandem-sandbox-Routing']!['NameServers'];
    expect(parseDeployment(stacks).nameServers).toEqual([]);
  });

  it.each<[string, () => unknown, string]>([
    ['of another app', () => ({ Other: {} }), 'no stack Tandem-sandbox-Routing'],
    ['that is no object', () => null, 'no stack Tandem-sandbox-Routing'],
    [
      'of one region',
      () => {
        const { [`Tandem-sandbox-Service-${PRIMARY}`]: _, ...rest } = outputs();
        return rest;
      },
      '1 stacks Tandem-sandbox-Service-<region>, and two are needed',
    ],
    [
      'without a host',
      () => ({ ...outputs(), [`Tandem-sandbox-Service-${PRIMARY}`]: {} }),
      'the stack Tandem-sandbox-Service-us-east-1 has no output PublicHost',
    ],
  ])('is refused in one line when it is one %s', (_what, create, sentence) => {
    const read = () => readDeployment(written(JSON.stringify(create())));
    expect(read).toThrow(sentence);
    expect(read).toThrow('npx cdk deploy --all --outputs-file tandem-outputs.json');
  });

  it('is refused when it is not there, or is not JSON', () => {
    expect(() => readDeployment(join(folder, 'nowhere.json'))).toThrow('cannot be read');
    expect(() => readDeployment(written('{'))).toThrow('is not JSON');
  });
});
