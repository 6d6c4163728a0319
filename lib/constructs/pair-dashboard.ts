import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  Metric,
  TextWidget,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ALARMS, COMPOSITE_ALARMS, isAlarmOf, type AlarmPlace, type PlainMetric } from '../../blueprint/alarms';
import type { Configuration } from '../../blueprint/configuration';
import { METRICS, type MetricName } from '../../blueprint/metrics';
import { alarmName, dashboardName } from '../../blueprint/names';
import { ROUTE53_HOME_REGION } from '../../blueprint/regions';
import { alarmGraph, groupByFigure, rowsOf } from './alarm-graphs';
import { metricSource, type MetricPlace } from './metric-sources';

type Place = Exclude<AlarmPlace, 'serving'>;
const PLACES: readonly Place[] = ['primary', 'standby', 'witness', 'routing'];
const SERVING = ['primary', 'standby'] as const;

export interface PairDashboardProps {
  readonly configuration: Configuration;
  readonly places: Readonly<Record<Place, MetricPlace>>;
}

/**
 * Both regions beside each other, with what is seen from outside: the state of all alarms, the orders, then each figure
 * that an alarm watches with one line a place. An expression stands on the dashboard of its region alone.
 *
 * That the widget for the state of alarms takes those of other regions was not confirmed on a real account.
 */
export class PairDashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PairDashboardProps,
  ) {
    super(scope, id);
    const { configuration } = props;
    new Dashboard(this, 'Dashboard', {
      dashboardName: dashboardName(configuration.stage, 'both'),
      defaultInterval: Duration.hours(3),
      widgets: [
        [new TextWidget({ markdown: `# Tandem ${configuration.stage}: both regions`, width: 24, height: 2 })],
        PLACES.map((place) => this.alarmStates(place)),
        SERVING.map((role) => this.orders(role)),
        ...rowsOf(this.figures()),
      ],
    });
  }

  private regionOf(place: Place): string {
    return place === 'routing' ? ROUTE53_HOME_REGION : this.props.configuration[`${place}Region`];
  }

  /** By their names, since a reference would make a value to hand over of each of a hundred alarms. */
  private alarmStates(place: Place): IWidget {
    const { configuration } = this.props;
    const alarms = [...COMPOSITE_ALARMS, ...ALARMS].filter((alarm) => isAlarmOf(alarm, place, configuration));
    const arnOf = (id: string): string =>
      Stack.of(this).formatArn({
        service: 'cloudwatch',
        region: this.regionOf(place),
        resource: 'alarm',
        resourceName: alarmName(configuration.stage, id),
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    return new AlarmStatusWidget({
      title: place === 'routing' ? 'Routing' : `The ${place}, ${this.regionOf(place)}`,
      width: 6,
      height: 8,
      alarms: alarms.map(({ id }) => Alarm.fromAlarmArn(this, `${place}-${id}`, arnOf(id))),
    });
  }

  /** What became of the orders of a region: every count of orders that the blueprint has. */
  private orders(role: (typeof SERVING)[number]): IWidget {
    const names = (Object.keys(METRICS) as MetricName[]).filter(
      (name) => name.includes('Orders') && METRICS[name].unit === 'Count',
    );
    return new GraphWidget({
      title: `Orders a minute in the ${role}`,
      width: 12,
      left: names.map((metricName) => this.line(role, { source: 'tandem', metricName }, 'Sum', 60, metricName)),
    });
  }

  private figures(): IWidget[] {
    const { configuration } = this.props;
    const plain = ALARMS.filter(({ metric }) => metric.source !== 'expression');
    return groupByFigure(plain).flatMap((group) => {
      const [{ metric, statistic, periodSeconds }] = group;
      const places = PLACES.filter((place) => group.some((alarm) => isAlarmOf(alarm, place, configuration)));
      if (places.length === 0) return [];
      const lines = places.map((place) => this.line(place, metric as PlainMetric, statistic, periodSeconds, place));
      return [alarmGraph(group, lines, configuration.stage)];
    });
  }

  private line(place: Place, metric: PlainMetric, statistic: string, periodSeconds: number, label: string): Metric {
    return new Metric({
      ...metricSource(metric, this.props.places[place]),
      metricName: metric.metricName,
      region: this.regionOf(place),
      statistic,
      period: Duration.seconds(periodSeconds),
      label,
    });
  }
}
