import { NotModelled } from '../../kernel/errors';
import { AwsFault } from '../aws-service';

const UNIT_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/**
 * The period of `rate(5 minutes)`, in seconds. A value of 1 takes the singular, any other the plural, and there is
 * nothing below a minute.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 * @throws NotModelled for `cron(...)`; AwsFault for what EventBridge would not accept
 */
export function parseRate(expression: string): number {
  if (/^cron\(.*\)$/.test(expression)) throw new NotModelled(`Schedule ${expression}`, 'Use rate(...).');
  const [, digits, unit, plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const value = Number(digits);
  const seconds = unit === undefined ? undefined : UNIT_SECONDS[unit];
  if (seconds === undefined || value < 1 || (value === 1) !== (plural === '')) {
    throw new AwsFault('ValidationException', `Parameter ScheduleExpression is not valid: ${expression}.`);
  }
  return value * seconds;
}
