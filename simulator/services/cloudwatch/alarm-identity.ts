import type { ResourceProperties } from '../resource-properties';
import type { AlarmState } from './alarm-evaluation';

/** What any alarm has: a name, a place and actions. */
export interface AlarmIdentity {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly actionsEnabled: boolean;
  /** ARNs to call when the alarm enters that state. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
}

/** The properties that metric alarms and composite alarms share. */
export const ALARM_PROPERTIES = [
  'AlarmName',
  'AlarmDescription',
  'ActionsEnabled',
  'AlarmActions',
  'OKActions',
  'InsufficientDataActions',
] as const;

/** @param fallbackName the name CloudFormation would generate, used when `AlarmName` is missing */
export function readAlarmIdentity(
  region: string,
  accountId: string,
  fallbackName: string,
  reader: ResourceProperties,
): AlarmIdentity {
  const name = reader.optionalString('AlarmName') ?? fallbackName;
  const description = reader.optionalString('AlarmDescription');
  return {
    region,
    name,
    arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`,
    ...(description === undefined ? {} : { description }),
    actionsEnabled: reader.optionalBoolean('ActionsEnabled') ?? true,
    actions: {
      ALARM: reader.strings('AlarmActions'),
      OK: reader.strings('OKActions'),
      INSUFFICIENT_DATA: reader.strings('InsufficientDataActions'),
    },
  };
}
