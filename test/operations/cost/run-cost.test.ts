import { monthlyCost } from '../../../operations';
import { monthlyActivity } from '../../../operations/cost/monthly-activity';
import { PRICES } from '../../../operations/cost/prices';
import { runCost } from '../../../operations/cost/run-cost';
import { assemblyOf } from '../synthesized-assembly';

const STANDARD = assemblyOf();
const HOURS_A_MONTH = 730;
const INTAKE_GIGABYTES = 0.5;

const dollarsOf = ({ services }: ReturnType<typeof runCost>, name: string): number =>
  services.find(({ service }) => service === name)?.dollars ?? 0;

describe('The cost of a run', () => {
  test.each([0, 2])('of a whole month at %s orders a second is that of the month', (ordersPerSecond) => {
    const { dollars } = runCost(STANDARD.stacks, monthlyActivity(STANDARD, ordersPerSecond), HOURS_A_MONTH);

    expect(dollars).toBeCloseTo(monthlyCost(STANDARD, ordersPerSecond).dollars, 6);
  });

  test('without anybody is what stands there, by the hour', () => {
    const hour = runCost(STANDARD.stacks, { regions: new Map(), orders: 0 }, 1);
    const month = runCost(STANDARD.stacks, { regions: new Map(), orders: 0 }, HOURS_A_MONTH);

    expect(hour.dollars).toBe(hour.standingDollars);
    expect(hour.dollars * HOURS_A_MONTH).toBeCloseTo(month.dollars, 6);
  });

  test('takes the time that was measured for the time that is estimated', () => {
    const activity = monthlyActivity(STANDARD, 0);
    const region = activity.regions.get('us-east-1')!;
    const lambdaDollars = (ms: number): number => {
      const measured = { ...region, measuredMs: new Map([['intake', ms] as const]) };
      const regions = new Map([...activity.regions, ['us-east-1', measured] as const]);
      return dollarsOf(runCost(STANDARD.stacks, { ...activity, regions }, 1), 'Lambda');
    };

    const seconds = 5_000;
    const expected = seconds * INTAKE_GIGABYTES * PRICES.lambdaGigabyteSecondArm.dollars;
    expect(lambdaDollars(seconds * 1_000) - lambdaDollars(0)).toBeCloseTo(expected, 9);
  });
});
