import type { CostLine } from './bill';
import type { MonthlyCost } from './monthly-cost';

const COLUMN = 12;
const LINES_SHOWN = 12;

/** Sums of a bill: a row for each service, a column for each region, and totals. */
interface CostTable {
  readonly regions: readonly string[];
  readonly rows: readonly { readonly service: string; readonly dollars: readonly number[]; readonly total: number }[];
}

/** The bill for a terminal. */
export function costText(cost: MonthlyCost): string {
  const { regions, rows } = tableOf(cost.lines);
  const row = (name: string, cells: readonly string[]): string =>
    [name.padEnd(16), ...cells.map((cell) => cell.padStart(COLUMN))].join('');
  return [
    headline(cost),
    '',
    row('', [...regions, 'total']),
    ...rows.map(({ service, dollars, total }) => row(service, [...dollars, total].map(amount))),
    row('total', [...totals(cost.lines, regions), cost.dollars].map(amount)),
    '',
    'What dominates it',
    ...dearest(cost).map(({ dollars, region, service, item, quantity, unit }) =>
      [
        amount(dollars).padStart(9),
        `  ${region.padEnd(COLUMN)} ${service}, ${item}: `,
        count(quantity),
        ` ${unit}`,
      ].join(''),
    ),
    '',
    'Levers',
    ...LEVERS.map((lever) => `  ${lever}`),
    '',
    'Supposed',
    ...cost.assumptions.map((assumption) => `  ${assumption}`),
    '',
  ].join('\n');
}

/** The bill as Markdown, to keep beside a change. */
export function costMarkdown(cost: MonthlyCost): string {
  const { regions, rows } = tableOf(cost.lines);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '# Monthly cost',
    '',
    headline(cost),
    '',
    row(['Service', ...regions, 'total']),
    row(['---', ...regions.map(() => '--:'), '--:']),
    ...rows.map(({ service, dollars, total }) => row([service, ...[...dollars, total].map(amount)])),
    row(['**total**', ...[...totals(cost.lines, regions), cost.dollars].map(amount)]),
    '',
    '## What dominates it',
    '',
    row(['Dollars', 'Region', 'What', 'Quantity']),
    row(['--:', '---', '---', '--:']),
    ...dearest(cost).map(({ dollars, region, service, item, quantity, unit }) =>
      row([amount(dollars), region, `${service}, ${item}`, `${count(quantity)} ${unit}`]),
    ),
    '',
    '## Levers',
    '',
    ...LEVERS.map((lever) => `- ${lever}`),
    '',
    '## Supposed',
    '',
    ...cost.assumptions.map((assumption) => `- ${assumption}`),
    '',
  ].join('\n');
}

/** What a person can change, the largest first. */
const LEVERS = [
  'tandem:footprint=lean: checks every thirty seconds, probes in bursts, no zeros, no check of the standby.',
  'tandem:automation=off: the observer looks in bursts, since nobody asks it within seconds.',
  'tandem:routing=failover: the probe of the standby looks in bursts, since nobody is served there.',
  'tandem:dashboards=off: three dashboards fewer.',
  'A region is billed for each alarm metric, composite alarm and custom series: see tandem alarms review.',
];

export function tableOf(lines: readonly CostLine[]): CostTable {
  const regions = [...new Set(lines.map(({ region }) => region))].toSorted();
  const services = [...new Set(lines.map(({ service }) => service))];
  const rows = services.map((service) => {
    const ofService = lines.filter((line) => line.service === service);
    return { service, dollars: totals(ofService, regions), total: sum(ofService) };
  });
  return { regions, rows: rows.toSorted((a, b) => b.total - a.total) };
}

const totals = (lines: readonly CostLine[], regions: readonly string[]): number[] =>
  regions.map((region) => sum(lines.filter((line) => line.region === region)));

const sum = (lines: readonly CostLine[]): number => lines.reduce((total, { dollars }) => total + dollars, 0);

const dearest = ({ lines }: MonthlyCost): readonly CostLine[] => lines.slice(0, LINES_SHOWN);

function headline({ dollars, ordersPerSecond, pricesAsOf }: MonthlyCost): string {
  const load = ordersPerSecond === 0 ? 'idle' : `with ${ordersPerSecond} orders a second around the clock`;
  return `${amount(dollars)} a month, ${load}, at list prices of ${pricesAsOf} without any free tier.`;
}

const amount = (dollars: number): string => `$${dollars.toFixed(2)}`;

const count = (quantity: number): string =>
  quantity >= 100 ? Math.round(quantity).toLocaleString('en-US') : String(Math.round(quantity * 100) / 100);
