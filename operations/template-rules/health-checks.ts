import { listOf, objectOf, resourcesOf, ruleOf, type PlacedResource } from './template-rule';
import { textOf } from './template-text';

const FOLLOWABLE_STATISTICS = new Set(['Average', 'Minimum', 'Maximum', 'Sum', 'SampleCount']);
const CHECKER_REGIONS_MIN = 3;

/**
 * A health check on an alarm that Route 53 cannot follow or that no stack makes: it follows the data stream of one plain
 * metric with a period of a minute or more, not metric math, percentiles, high resolution or M of N
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-types.html); one of fewer than three checker
 * regions; and a calculated one that can never be healthy.
 */
export const healthChecks = ruleOf(
  'health-check-can-follow',
  ['AWS::Route53::HealthCheck'],
  ({ properties, stack }, assembly) => {
    const config = objectOf(properties['HealthCheckConfig']);
    const regions = listOf(config['Regions']);
    const children = listOf(config['ChildHealthChecks']);
    switch (config['Type']) {
      case 'CLOUDWATCH_METRIC': {
        const { Name, Region } = objectOf(config['AlarmIdentifier']);
        const [name, region] = [textOf(Name, stack), textOf(Region, stack)];
        const alarms = resourcesOf(assembly, ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']);
        const alarm = alarms.find(
          (each) => each.stack.region === region && textOf(each.properties['AlarmName'], each.stack) === name,
        );
        return alarm === undefined
          ? [`It follows the alarm ${name} of ${region}, which no stack makes.`]
          : obstacles(alarm).map((obstacle) => `It follows the alarm ${name}, which ${obstacle}: Route 53 cannot.`);
      }
      case 'CALCULATED': {
        const missing = children
          .map((child) => String(objectOf(child)['Ref']))
          .filter((id) => !(id in stack.resources));
        const threshold = Number(config['HealthThreshold']);
        return [
          ...missing.map((id) => `It counts ${id}, which its stack does not make.`),
          ...(threshold > children.length
            ? [`It wants ${threshold} of ${children.length} checks: it is never healthy.`]
            : []),
        ];
      }
      default:
        return regions.length > 0 && regions.length < CHECKER_REGIONS_MIN
          ? [`It is asked from ${regions.length} regions: at least ${CHECKER_REGIONS_MIN} are needed.`]
          : [];
    }
  },
);

function obstacles({ type, properties }: PlacedResource): string[] {
  if (type === 'AWS::CloudWatch::CompositeAlarm') return ['is a composite alarm'];
  const { Metrics, Period, Statistic, ExtendedStatistic, DatapointsToAlarm, EvaluationPeriods } = properties;
  return [
    ...(Metrics === undefined ? [] : ['is on metric math']),
    ...(ExtendedStatistic === undefined ? [] : [`is on the percentile ${String(ExtendedStatistic)}`]),
    ...(Statistic === undefined || FOLLOWABLE_STATISTICS.has(String(Statistic))
      ? []
      : [`is on the statistic ${String(Statistic)}`]),
    ...(Period !== undefined && Number(Period) < 60 ? [`has a period of ${Number(Period)} s`] : []),
    ...(DatapointsToAlarm !== undefined && DatapointsToAlarm !== EvaluationPeriods
      ? [`wants ${String(DatapointsToAlarm)} points of ${String(EvaluationPeriods)}`]
      : []),
  ];
}
