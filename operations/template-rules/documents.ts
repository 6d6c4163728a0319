import { listOf, objectOf, ruleOf } from './template-rule';
import { textOf } from './template-text';

/** A dashboard whose body is no JSON with widgets: CloudWatch refuses it when it is deployed. */
export const dashboards = ruleOf('dashboard-is-json', ['AWS::CloudWatch::Dashboard'], ({ properties, stack }) => {
  try {
    const body = JSON.parse(textOf(properties['DashboardBody'], stack)) as { readonly widgets?: unknown } | null;
    return Array.isArray(body?.widgets) ? [] : ['DashboardBody has no list of widgets.'];
  } catch (error) {
    return [`DashboardBody is not JSON: ${(error as Error).message}.`];
  }
});

const UNITS = 'minute|hour|day';

/**
 * A schedule that EventBridge does not take: a rate of one has a singular unit, more have a plural, and a cron expression
 * has six fields with a question mark for the day of the month or of the week
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html).
 */
export const schedules = ruleOf('schedule-is-one', ['AWS::Events::Rule'], ({ properties, stack }) => {
  const text =
    properties['ScheduleExpression'] === undefined ? undefined : textOf(properties['ScheduleExpression'], stack);
  if (text === undefined || isRate(text) || isCron(text)) return [];
  return [
    `ScheduleExpression is ${JSON.stringify(text)}: it must be such as rate(1 minute), rate(5 minutes) or cron(0 12 * * ? *).`,
  ];
});

const isRate = (text: string): boolean =>
  new RegExp(`^rate\\(1 (${UNITS})\\)$|^rate\\(([2-9]|[1-9]\\d+) (${UNITS})s\\)$`).test(text);

function isCron(text: string): boolean {
  const fields = /^cron\((.+)\)$/.exec(text)?.[1]?.split(' ') ?? [];
  return fields.length === 6 && (fields[2] === '?') !== (fields[4] === '?');
}

/** An experiment of AWS FIS with an action on a target that it does not define, or that nothing stops. */
export const experiments = ruleOf('experiment-has-its-targets', ['AWS::FIS::ExperimentTemplate'], ({ properties }) => {
  const known = Object.keys(objectOf(properties['Targets']));
  const named = Object.entries(objectOf(properties['Actions'])).flatMap(([action, definition]) =>
    Object.values(objectOf(objectOf(definition)['Targets'])).map((target) => ({ action, target: String(target) })),
  );
  const stops = listOf(properties['StopConditions']).map((each) => String(objectOf(each)['Source']));
  return [
    ...named
      .filter(({ target }) => !known.includes(target))
      .map(
        ({ action, target }) =>
          `The action ${action} has the target ${target}: known are ${known.join(', ') || 'none'}.`,
      ),
    ...(stops.some((source) => source !== 'none')
      ? []
      : ['It has no stop condition: an alarm must be able to end it.']),
  ];
});
