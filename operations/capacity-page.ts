import { wrap } from '../report/terminal/columns';
import type { CapacityPlan, RegionPlan, TwoLoads } from './capacity-plan';

const WIDTH = 100;

/** A table: its head, and rows of as many cells. */
interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The plan for a terminal of a hundred columns. */
export function capacityText(plan: CapacityPlan): string {
  const tables = tablesOf(plan).map(({ title, head, rows }) => [title, ...aligned([head, ...rows])].join('\n'));
  const advice = adviceOf(plan).flatMap((line) => wrap(line, WIDTH));
  return `${[wrap(summaryOf(plan), WIDTH).join('\n'), ...tables, advice.join('\n')].join('\n\n')}\n`;
}

/** The plan as a page to keep. */
export function capacityMarkdown(plan: CapacityPlan): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const tables = tablesOf(plan).map(({ title, head, rows }) =>
    [`## ${title}`, '', row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n'),
  );
  const advice = ['## Scaling up', '', ...adviceOf(plan).map((line) => `- ${line}`)].join('\n');
  return `${['# Capacity', summaryOf(plan), ...tables, advice].join('\n\n')}\n`;
}

function summaryOf({ stage, routing, plannedOrdersPerSecond, assumptions, oneRegion }: CapacityPlan): string {
  const { kneeOrdersPerSecond, bottleneck, headroomShare } = oneRegion;
  const headroom =
    headroomShare >= 0
      ? `${percent(headroomShare)} more than is planned`
      : `${percent(-headroomShare)} less than is planned, which is TOO SMALL`;
  return `Stage ${stage}, routing ${routing}: ${figure(plannedOrdersPerSecond)} orders/s are planned. One region alone carries ${figure(kneeOrdersPerSecond)} orders/s, ${headroom}; ${bottleneck} run out first. Of the orders ${percent(assumptions.importShare)} are imports, and each is read ${assumptions.readsPerOrder === 1 ? 'once' : `${assumptions.readsPerOrder} times`}.`;
}

function tablesOf({ regions, balance }: CapacityPlan): Table[] {
  return [
    ...regions.flatMap((region) => [servicesOf(region), resourcesOf(region)]),
    {
      title: 'Environments between services at the planned load',
      head: ['service', 'environments', 'ratio'],
      rows: balance.map(({ service, executions, ratio }) => [service, figure(executions), figure(ratio)]),
    },
  ];
}

const titleOf = ({ region, role, ordersPerSecond: { planned, alone } }: RegionPlan): string =>
  role === 'witness'
    ? `${region} (${role}): ${figure(planned)} orders/s of both`
    : `${region} (${role}): ${figure(planned)} orders/s planned, ${figure(alone)} alone`;

function servicesOf(region: RegionPlan): Table {
  return {
    title: `${titleOf(region)}; services`,
    head: ['service', 'calls/s planned', 'alone', 'executions planned', 'alone', 'reserved'],
    rows: region.services.map(({ service, invocationsPerSecond, executions, reservedExecutions }) => [
      service,
      ...both(invocationsPerSecond),
      ...both(executions),
      reservedExecutions === undefined ? 'shared' : String(reservedExecutions),
    ]),
  };
}

function resourcesOf(region: RegionPlan): Table {
  return {
    title: `${titleOf(region)}; resources, the first to run out first`,
    head: ['resource', 'unit', 'planned', 'alone', 'limit', 'alone of it', 'orders/s'],
    rows: region.resources.map((each) => [
      each.name,
      each.unit,
      ...both(each.used),
      figure(each.limit),
      percent(each.used.alone / each.limit),
      figure(each.carriesOrdersPerSecond),
    ]),
  };
}

function adviceOf({ scaling }: CapacityPlan): string[] {
  const [now, next, ...later] = scaling;
  return [
    `First at ${figure(now!.ordersPerSecond)} orders/s: ${now!.name}. Add: ${now!.remedy}.`,
    `Next at ${figure(next!.ordersPerSecond)} orders/s: ${next!.name}. Add: ${next!.remedy}.`,
    ...later
      .slice(0, 2)
      .map(
        ({ name, ordersPerSecond, remedy }) => `Then at ${figure(ordersPerSecond)} orders/s: ${name}. Add: ${remedy}.`,
      ),
  ];
}

const both = ({ planned, alone }: TwoLoads): [string, string] => [figure(planned), figure(alone)];

/** Three digits that count, and no more. */
const figure = (value: number): string =>
  Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 2 });
const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** The first column to the left and the others to the right, two blanks between them. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
}
