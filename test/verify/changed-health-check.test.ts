import type { FlightPlan } from '../../gamedays';
import { SimulatedTarget } from '../../gamedays/targets/simulated-target';
import { planFlight } from '../gamedays/flight';

jest.setTimeout(120_000);

const NEW_ID = 'the-new-check';

/**
 * A deployment that changes the interval of the check on the primary's evacuation switch, which is inverted. The interval
 * cannot be changed in place, so there is a new check, and the calculated one is pointed at it after so many seconds.
 * @returns which regions DNS answers from there on
 */
async function replaceSwitchCheck(plan: FlightPlan, waitSeconds: number): Promise<string[]> {
  const target = new SimulatedTarget({ ...plan, seed: 1, warmUpSeconds: 120 });
  await target.advanceTo(0);
  const { route53 } = target.cloud;
  const checks = route53.healthChecks();
  const old = checks.find((check) => check.kind === 'endpoint' && check.inverted && check.path.endsWith('us-east-1'));
  const calculated = checks.find((check) => check.kind === 'calculated' && check.childIds.includes(old!.id));
  if (old?.kind !== 'endpoint' || calculated?.kind !== 'calculated') throw new Error('The app has no such checks.');
  route53.createHealthCheck(NEW_ID, {
    HealthCheckConfig: {
      Type: 'HTTPS',
      FullyQualifiedDomainName: old.host,
      Port: old.port,
      ResourcePath: old.path,
      RequestInterval: old.requestIntervalSeconds === 10 ? 30 : 10,
      FailureThreshold: old.failureThreshold,
      Regions: [...old.checkerRegions],
      Inverted: true,
    },
  });
  await target.advanceTo(waitSeconds);
  const childIds = calculated.childIds.map((id) => (id === old.id ? NEW_ID : id));
  route53.replaceChildHealthChecks(calculated.id, childIds);
  await target.advanceTo(waitSeconds + 180);
  return target.record().dnsAnswers.map(({ region }) => region);
}

describe('A health check that is changed', () => {
  let plan: FlightPlan;
  beforeAll(async () => {
    plan = await planFlight();
  });

  it('moves nobody when it is made beside the old one and counts once it is healthy', async () => {
    expect(await replaceSwitchCheck(plan, 120)).toEqual(['us-east-1']);
  });

  it('would take the primary out of DNS when it replaced the old one at once', async () => {
    expect(await replaceSwitchCheck(plan, 0)).toEqual(['us-east-1', 'us-west-2', 'us-east-1']);
  });
});
