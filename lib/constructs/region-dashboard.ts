import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  Metric,
  TextWidget,
  type AlarmBase,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ALARMS, COMPOSITE_ALARMS, isAlarmOf, SEVERITIES, type Severity } from '../../blueprint/alarms';
import { dashboardName, functionName } from '../../blueprint/names';
import { SERVICES, type ServiceDefinition } from '../../blueprint/services';
import { alarmGraph, groupByFigure, rowsOf } from './alarm-graphs';
import { metricSource, type MetricPlace } from './metric-sources';
import { watchedMetric } from './watched-metric';

export interface RegionDashboardProps extends MetricPlace {
  readonly role: 'primary' | 'standby';
  /** The alarms that were made in the region, by their id in the blueprint. */
  readonly made: ReadonlyMap<string, AlarmBase>;
}

/**
 * Everything about one serving region on one page, generated from the table of alarms and the services: the state of
 * its alarms, then a section a service with what its alarms watch and how its function runs.
 *
 * A dashboard is $3 a month (https://aws.amazon.com/cloudwatch/pricing/), whatever is on it.
 */
export class RegionDashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RegionDashboardProps,
  ) {
    super(scope, id);
    const { configuration, role } = props;
    const { region } = Stack.of(this);
    const services = SERVICES.filter(
      ({ name, home }) => home === 'serving' && (name !== 'responder' || configuration.automation === 'on'),
    );
    new Dashboard(this, 'Dashboard', {
      dashboardName: dashboardName(configuration.stage, region),
      defaultInterval: Duration.hours(3),
      widgets: [
        [text(`# Tandem ${configuration.stage}: ${region}, the ${role}`)],
        SEVERITIES.map((severity) => this.alarmStates(severity)),
        ...services.flatMap((service) => this.section(service)),
      ],
    });
  }

  private alarmStates(severity: Severity): IWidget {
    const alarms = [...COMPOSITE_ALARMS, ...ALARMS].filter((alarm) => alarm.severity === severity);
    return new AlarmStatusWidget({
      title: severity === 'page' ? 'Pages' : 'Tickets',
      width: severity === 'page' ? 6 : 18,
      height: 5,
      alarms: alarms.flatMap(({ id }) => this.props.made.get(id) ?? []),
    });
  }

  private section(service: ServiceDefinition): IWidget[][] {
    const { configuration, role } = this.props;
    const alarms = ALARMS.filter((alarm) => alarm.service === service.name && isAlarmOf(alarm, role, configuration));
    const graphs = groupByFigure(alarms).map((group) => {
      const figure = watchedMetric(group[0], (metric) => metricSource(metric, this.props));
      return alarmGraph(group, [figure], configuration.stage);
    });
    return [[text(`## ${service.name}\n${service.purpose}`)], ...rowsOf([this.runs(service), ...graphs])];
  }

  /** How often the service's function runs and fails, and for how long. */
  private runs({ name }: ServiceDefinition): IWidget {
    const of = (metricName: string, statistic: string): Metric =>
      new Metric({
        namespace: 'AWS/Lambda',
        metricName,
        dimensionsMap: { FunctionName: functionName(this.props.configuration.stage, name) },
        statistic,
        period: Duration.minutes(1),
      });
    return new GraphWidget({
      title: `${name}: runs`,
      width: 6,
      left: [of('Invocations', 'Sum'), of('Errors', 'Sum')],
      right: [of('Duration', 'p99')],
    });
  }
}

const text = (markdown: string): TextWidget => new TextWidget({ markdown, width: 24, height: 2 });
