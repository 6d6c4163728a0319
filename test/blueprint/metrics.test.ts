import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ALARMS, COMPOSITE_ALARMS, isAlarmOf } from '../../blueprint/alarms';
import {
  ACCEPTED_OF_CLASS,
  CUSTOM_SERIES_MAX,
  METRICS,
  REFUSED_OF_CLASS,
  type MetricDefinition,
} from '../../blueprint/metrics';

const LAMBDAS = resolve(__dirname, '../../lambdas');
const RUNBOOKS = resolve(__dirname, '../../runbooks');
const textOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

const definitions = Object.entries<MetricDefinition>(METRICS);
const names = (publishedBy: MetricDefinition['publishedBy']): string[] =>
  definitions.filter(([, definition]) => (definition.publishedBy ?? 'service') === publishedBy).map(([name]) => name);

/** Metrics that code never mentions as something it measures. */
const unpublished = (metrics: readonly string[], text: string): string[] =>
  metrics.filter((name) => !text.includes(`'${name}'`));

/** Code that names the list of the classes' metrics names each of them. */
const withNamesOfClasses = (text: string): string =>
  Object.entries({ ACCEPTED_OF_CLASS, REFUSED_OF_CLASS })
    .filter(([list]) => text.includes(`measure(${list}[`))
    .reduce((sum, [, metrics]) => `${sum}\n'${metrics.join("' '")}'`, text);

describe('The metrics of the blueprint', () => {
  test('are each published by a function, or by what a runbook tells a person to do', () => {
    const code = withNamesOfClasses(textOf(LAMBDAS));

    expect(unpublished([...names('service'), ...names('observer')], code)).toEqual([]);
    expect(names('person').filter((name) => !textOf(RUNBOOKS).includes(`--metric-name ${name}`))).toEqual([]);
    expect(unpublished(['OrdersVanished'], code)).toEqual(['OrdersVanished']);
  });

  test('stay within the budget of custom series in every region', () => {
    // The observer publishes each of its figures once for each serving region.
    const series = { serving: names('service').length + names('person').length, witness: 2 * names('observer').length };

    expect(series.serving).toBeLessThanOrEqual(CUSTOM_SERIES_MAX);
    expect(series.witness).toBeLessThanOrEqual(CUSTOM_SERIES_MAX);
    expect(series.serving).toBeGreaterThan(10);
  });
});

describe('The table of alarms', () => {
  const everywhere = (['primary', 'standby', 'witness', 'routing'] as const).map((place) => ({
    place,
    ids: new Set(
      [...ALARMS, ...COMPOSITE_ALARMS]
        .filter((alarm) =>
          isAlarmOf(alarm, place, { footprint: 'standard', routing: 'failover', consistency: 'eventual' }),
        )
        .map(({ id }) => id),
    ),
  }));

  test('pages by composite alarms alone', () => {
    expect(ALARMS.filter(({ severity }) => severity === 'page').map(({ id }) => id)).toEqual([]);
    expect(COMPOSITE_ALARMS.filter(({ severity }) => severity === 'page').length).toBeGreaterThan(4);
  });

  test('composes alarms of one place only, since a composite cannot see another region', () => {
    for (const { ids } of everywhere) {
      for (const { id, anyOf } of COMPOSITE_ALARMS.filter((composite) => ids.has(composite.id))) {
        const here = anyOf.flat().filter((part) => ids.has(part));
        expect([id, here.length > 0]).toEqual([id, true]);
      }
    }
  });

  test('stays within a hundred alarms a region', () => {
    for (const { ids } of everywhere) expect(ids.size).toBeLessThanOrEqual(100);
  });
});
