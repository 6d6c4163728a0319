import type { FlightPlan, GameDay } from '../../gamedays';
import { flightParameters } from '../../gamedays/fly';
import { runGameDay } from '../../gamedays/run-game-day';
import { clientFailover } from '../../gamedays/scenarios/client-failover';
import { controlPlaneLoss } from '../../gamedays/scenarios/control-plane-loss';
import { SimulatedTarget } from '../../gamedays/targets/simulated-target';
import { findings, flyGameDay, planFlight, shortRegionLoss } from '../gamedays/flight';

jest.setTimeout(240_000);

/** The days whose broken variant is no change of what is deployed, but of whoever uses it. */
let plan: FlightPlan;
beforeAll(async () => {
  plan = await planFlight();
});

/** The operator's command alone, under the same loss. */
const EVACUATION: GameDay = {
  ...controlPlaneLoss,
  warmUpSeconds: 120,
  durationSeconds: 150,
  workload: { ...controlPlaneLoss.workload, ordersPerSecond: 0.2 },
  faults: [{ fault: 'fail-control-plane', region: 'primary', fromSeconds: 10, toSeconds: 140 }],
  operatorSteps: controlPlaneLoss.operatorSteps!.slice(0, 1).map((step) => ({ ...step, atSeconds: 20 })),
  expectations: { checks: ['operator-commands-worked', 'dns-follows-the-operator'], mustFire: [], mayFire: [] },
};

/** An operator whose switch is a change of the zone, by Route 53's API, and no item in a table. */
function targetOf(isByControlPlane: boolean): SimulatedTarget {
  const target = new SimulatedTarget({ ...plan, seed: 1, warmUpSeconds: EVACUATION.warmUpSeconds });
  const host = 'route53.amazonaws.com';
  const change = {
    method: 'POST',
    host,
    port: 443,
    path: '/2013-04-01/hostedzone/zone/rrset',
    headers: { host },
    body: '',
  };
  const writeItem = async (): Promise<void> => {
    const answer = await target.cloud.request(change, 6_000);
    if (answer?.status !== 200) throw new Error(`Route 53 answered ${answer?.status ?? 'nothing'}.`);
  };
  if (isByControlPlane) Object.assign(target.switchPlatform, { writeItem });
  return target;
}

const evacuate = async (isByControlPlane: boolean): Promise<string[]> => {
  const parameters = flightParameters({ ...plan, gameDay: EVACUATION });
  const target = targetOf(isByControlPlane);
  return findings(await runGameDay({ gameDay: EVACUATION, target, seed: 1, parameters, replay: 'none' }));
};

describe('While the control planes of the primary are down', () => {
  it('the command of the runbook moves callers', async () => {
    expect(await evacuate(false)).toEqual([]);
  });

  it('one that changes records does not', async () => {
    expect(await evacuate(true)).toContain('operator-commands-worked');
  });
});

describe('When the primary is lost', () => {
  const served: GameDay = {
    ...shortRegionLoss(clientFailover),
    expectations: { ...shortRegionLoss(clientFailover).expectations, checks: ['recovery-time'] },
  };

  it('a region-aware client is served within its bar', async () => {
    expect(findings(await flyGameDay(plan, served))).toEqual([]);
  });

  it('one that waits for DNS is not', async () => {
    const waiting: GameDay = { ...served, workload: { ...served.workload, client: 'plain-dns' } };
    expect(findings(await flyGameDay(plan, waiting))).toEqual(['recovery-time']);
  });
});
