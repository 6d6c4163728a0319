import type { Configuration } from '../../blueprint/configuration';
import {
  CapacityError,
  capacityMarkdown,
  capacityText,
  planCapacity,
  type CapacityPlan,
  type CloudAssembly,
} from '../../operations';
import type { TemplateResource, TemplateValue } from '../../operations/cloud-assembly';
import { assemblyOf } from './synthesized-assembly';

const LOAD = {
  stage: 'sandbox',
  routing: 'failover',
  primaryRegion: 'us-east-1',
  standbyRegion: 'us-west-2',
  witnessRegion: 'us-east-2',
} as const satisfies Partial<Configuration>;
const FULL = { 'tandem:stage': 'full', 'tandem:healthPath': 'a-path-of-our-own-0' };

/** Every resource of a type in a stack whose name ends so, with other properties. */
const edited = (
  { stacks, ...rest }: CloudAssembly,
  stackEnd: string,
  type: string,
  properties: Readonly<Record<string, TemplateValue | undefined>>,
): CloudAssembly => ({
  ...rest,
  stacks: stacks.map((stack) => {
    if (!stack.stackName.endsWith(stackEnd)) return stack;
    const edit = (each: TemplateResource): TemplateResource =>
      each.Type === type
        ? { ...each, Properties: { ...each.Properties, ...properties } as NonNullable<TemplateResource['Properties']> }
        : each;
    const resources = Object.entries(stack.resources).map(([id, each]) => [id, edit(each)] as const);
    return { ...stack, resources: Object.fromEntries(resources) };
  }),
});

const without = ({ stacks, ...rest }: CloudAssembly, stackEnd: string): CloudAssembly => ({
  ...rest,
  stacks: stacks.filter(({ stackName }) => !stackName.endsWith(stackEnd)),
});

const resource = ({ regions }: CapacityPlan, region: string, name: string) =>
  regions.find((each) => each.region === region)!.resources.find((each) => each.name === name)!;

const assembly = assemblyOf();

describe('The capacity of a synthesized system', () => {
  it('is what the workers of one region carry, in the sandbox', () => {
    const { oneRegion, plannedOrdersPerSecond, scaling } = planCapacity(assembly, LOAD);

    expect(plannedOrdersPerSecond).toBe(4);
    expect(oneRegion).toEqual({ kneeOrdersPerSecond: 5, bottleneck: 'workers of fulfilment', headroomShare: 0.25 });
    expect(scaling[1]).toMatchObject({ name: 'unreserved executions', remedy: expect.stringContaining('quota') });
  });

  it('is known by service and region, by the law of Little, as planned and while one region has everything', () => {
    const { regions } = planCapacity(assembly, { ...LOAD, routing: 'latency', plannedOrdersPerSecond: 3 });

    const executions = { planned: 1.5 * 0.4, alone: 3 * 0.4 };
    for (const { region, services } of regions.filter(({ role }) => role !== 'witness')) {
      const fulfilment = services.find(({ service }) => service === 'fulfilment')!;
      expect([region, fulfilment.executions]).toEqual([
        region,
        { planned: expect.closeTo(executions.planned), alone: expect.closeTo(executions.alone) },
      ]);
    }
    expect(regions.map(({ role, ordersPerSecond }) => [role, ordersPerSecond])).toEqual([
      ['primary', { planned: 1.5, alone: 3 }],
      ['standby', { planned: 1.5, alone: 3 }],
      ['witness', { planned: 3, alone: 3 }],
    ]);
  });

  it('counts what is replicated to a region that takes no order', () => {
    const plan = planCapacity(assembly, LOAD);

    expect(resource(plan, 'us-west-2', 'writes of orders').used).toEqual({ planned: 12, alone: 12 });
    expect(resource(plan, 'us-west-2', 'reads of orders').used).toEqual({ planned: 0, alone: 4 });
  });

  it('follows the templates, and the smaller region where they differ', () => {
    const more = edited(assembly, 'us-east-1', 'AWS::Lambda::EventSourceMapping', {
      ScalingConfig: { MaximumConcurrency: 3 },
    });
    expect(planCapacity(more, LOAD).oneRegion.kneeOrdersPerSecond).toBe(5);

    const both = edited(more, 'us-west-2', 'AWS::Lambda::EventSourceMapping', {
      ScalingConfig: { MaximumConcurrency: 3 },
    });
    expect(planCapacity(both, LOAD).oneRegion.kneeOrdersPerSecond).toBeCloseTo(7.5);
  });

  it('is bounded by one key of the index of open orders soon after the workers, in stage full', () => {
    const plan = planCapacity(assemblyOf(FULL), { ...LOAD, stage: 'full' });

    expect(plan.oneRegion).toMatchObject({ kneeOrdersPerSecond: 125, headroomShare: 0.25 });
    const hotKey = plan.scaling.find(({ name }) => name === 'writes of one key of openOrders')!;
    expect(plan.scaling.indexOf(hotKey)).toBeLessThan(3);
    expect(hotKey.ordersPerSecond).toBeCloseTo(333.3, 1);
    expect(plan.regions[0]!.services.map(({ service, reservedExecutions }) => [service, reservedExecutions])).toEqual([
      ['intake', 60],
      ['query', 40],
      ['fulfilment', undefined],
    ]);
  });

  it.each<[string, (from: CloudAssembly) => CloudAssembly, string]>([
    [
      'workers are not bounded',
      (from) => edited(from, 'us-west-2', 'AWS::Lambda::EventSourceMapping', { ScalingConfig: undefined }),
      'bounds the workers of no queue',
    ],
    [
      'a route has no throttle',
      (from) => edited(from, 'us-east-1', 'AWS::ApiGatewayV2::Stage', { RouteSettings: undefined }),
      'No template throttles POST /orders',
    ],
    [
      'a table is provisioned',
      (from) => edited(from, 'Data', 'AWS::DynamoDB::GlobalTable', { BillingMode: 'PROVISIONED' }),
      'is not billed on demand',
    ],
    ['a table is missing', (from) => without(from, 'Data'), 'no table tandem-sandbox-orders'],
    ['a region is missing', (from) => without(from, 'Service-us-west-2'), 'no stack Tandem-sandbox-Service-us-west-2'],
  ])('is not told when %s', (_, edit, message) => {
    const plan = (): CapacityPlan => planCapacity(edit(assembly), LOAD);
    expect(plan).toThrow(message);
    expect(plan).toThrow(CapacityError);
  });
});

describe('The page of the capacity', () => {
  const plan = (): CapacityPlan => planCapacity(assembly, { ...LOAD, plannedOrdersPerSecond: 8 });

  it('says at its top how much one region carries, and at its end what to add first', () => {
    const text = capacityText(plan());

    expect(text).toContain('One region alone carries 5 orders/s');
    expect(text).toContain('TOO SMALL');
    expect(text).toMatch(/First at 5 orders\/s: workers of fulfilment\. Add: raise workers/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('is Markdown where that is asked for', () => {
    expect(capacityMarkdown(plan())).toContain('| workers of fulfilment | executions | 3.2 | 3.2 | 2 | 160 % | 5 |');
  });
});
