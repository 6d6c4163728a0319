import type { Json, JsonObject } from '../aws-service';
import { ResourceProperties } from '../resource-properties';
import { parseEventPattern, type EventPattern } from './event-pattern';
import { parseRate } from './schedule-expression';

/** A rule that calls its targets at a steady rate, or for each event that matches. */
export interface EventRule {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  /** @default - the rule has a pattern */
  readonly periodSeconds?: number;
  /** @default - the rule has a schedule */
  readonly pattern?: EventPattern;
  readonly isEnabled: boolean;
  readonly targets: readonly RuleTarget[];
}

export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  /** What takes the place of the event. @default - the event itself */
  readonly input?: Json;
}

/**
 * Reads the resolved properties of an `AWS::Events::Rule`.
 *
 * @param fallbackName the name CloudFormation would generate, used when `Name` is missing
 * @throws NotModelled for a schedule beside a pattern, other buses, and targets with anything but an ARN and a constant input
 */
export function readRule(region: string, accountId: string, fallbackName: string, properties: JsonObject): EventRule {
  const reader = new ResourceProperties(`AWS::Events::Rule ${fallbackName}`, properties, {
    modelled: ['EventBusName', 'EventPattern', 'Name', 'ScheduleExpression', 'State', 'Targets'],
    harmless: ['Description', 'Tags'],
  });
  const bus = reader.optionalString('EventBusName') ?? 'default';
  if (bus !== 'default') throw reader.notModelled('EventBusName', 'Schedules live on the default bus.');
  const name = reader.optionalString('Name') ?? fallbackName;
  const targets = reader.objects('Targets', { modelled: ['Arn', 'Id', 'Input'], harmless: [] });
  return {
    region,
    name,
    arn: `arn:aws:events:${region}:${accountId}:rule/${name}`,
    ...trigger(reader, properties),
    isEnabled: !reader.has('State') || reader.oneOf('State', ['ENABLED', 'DISABLED']) === 'ENABLED',
    targets: targets.map(readTarget),
  };
}

function trigger(
  reader: ResourceProperties,
  properties: JsonObject,
): Pick<EventRule, 'periodSeconds'> | Pick<EventRule, 'pattern'> {
  if (!reader.has('EventPattern')) return { periodSeconds: parseRate(reader.string('ScheduleExpression')) };
  if (reader.has('ScheduleExpression')) throw reader.notModelled('ScheduleExpression', 'A rule has one trigger.');
  return { pattern: parseEventPattern(properties['EventPattern'] as JsonObject) };
}

function readTarget(target: ResourceProperties): RuleTarget {
  const shared = { id: target.string('Id'), arn: target.string('Arn') };
  const input = target.optionalString('Input');
  if (input === undefined) return shared;
  try {
    return { ...shared, input: JSON.parse(input) as Json };
  } catch {
    throw target.invalid('Input', input, 'JSON');
  }
}
