import type { Json, JsonObject } from '../aws-service';
import { ResourceProperties } from '../resource-properties';
import { parseRate } from './schedule-expression';

/** A rule that calls its targets at a steady rate. */
export interface ScheduledRule {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly periodSeconds: number;
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
 * @throws NotModelled for event patterns, other buses, and targets with anything but an ARN and a constant input
 */
export function readScheduledRule(
  region: string,
  accountId: string,
  fallbackName: string,
  properties: JsonObject,
): ScheduledRule {
  const reader = new ResourceProperties(`AWS::Events::Rule ${fallbackName}`, properties, {
    modelled: ['EventBusName', 'Name', 'ScheduleExpression', 'State', 'Targets'],
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
    periodSeconds: parseRate(reader.string('ScheduleExpression')),
    isEnabled: !reader.has('State') || reader.oneOf('State', ['ENABLED', 'DISABLED']) === 'ENABLED',
    targets: targets.map(readTarget),
  };
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
