import type { FlightPlan } from '../../gamedays';
import { SimulatedTarget } from '../../gamedays/targets/simulated-target';
import { editTemplates } from '../gamedays/defects';
import { planFlight } from '../gamedays/flight';

jest.setTimeout(120_000);

/** With these seeds the standby's checks would be the first to know their endpoints. */
const UNLUCKY_SEEDS = [1, 5, 17];

/** Everything is made at once, as the template would have it without the order that it asks for. */
const allAtOnce = (plan: FlightPlan): FlightPlan =>
  editTemplates(plan, ({ template }) => ({
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources).map(([id, resource]) => [id, { ...resource, DependsOn: [] }]),
    ),
  }));

/** Which regions DNS has answered in the first two minutes of a new deployment. */
async function answeredRegions(plan: FlightPlan, seed: number): Promise<string[]> {
  const target = new SimulatedTarget({ ...plan, seed, warmUpSeconds: 120 });
  await target.advanceTo(0);
  return target.record().dnsAnswers.map(({ region }) => region);
}

describe('A first deployment', () => {
  let plan: FlightPlan;
  beforeAll(async () => {
    plan = await planFlight();
  });

  it.each(UNLUCKY_SEEDS)('sends nobody to the standby, with seed %i', async (seed) => {
    expect(await answeredRegions(plan, seed)).toEqual(['us-east-1']);
  });

  it('would, if the records were made at the same time', async () => {
    expect(await answeredRegions(allAtOnce(plan), UNLUCKY_SEEDS[0]!)).toContain('us-west-2');
  });
});
