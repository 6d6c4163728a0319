import { logger } from '../shared/logger';
import { readState } from '../shared/regional-state';
import { announce, type Response } from './announce';
import { evacuatePrimary } from './evacuate-primary';
import { claim } from './response-record';
import { redriveDeadLetters } from './redrive-dead-letters';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html, what is read of it. */
export interface AlarmStateChange {
  readonly detail: {
    readonly alarmName: string;
    readonly state: { readonly value: string; readonly timestamp: string };
  };
}

/** The item with which a person turns the responder off in this region, at once and without a deployment. */
export const KILL_SWITCH = 'responder';

type Action = (nowMs: number) => Promise<Response | undefined>;

/** By the end of the alarm's name and its new state. The stack's rules let nothing else through. */
const ACTIONS: readonly (readonly [alarm: string, state: string, action: Action])[] = [
  ['peer-failing', 'ALARM', evacuatePrimary],
  ['fulfilment-errors', 'OK', redriveDeadLetters],
];

/**
 * Answers one change of state: once, however often it is told, and not at all while the kill switch is set. What it did or
 * why it did nothing goes to the page topic. A claim is made before the action, so what dies in the middle is not begun again:
 * a switch that moves twice is worse than one that a person has to move.
 */
export async function respond({ detail }: AlarmStateChange, nowMs: number): Promise<void> {
  const { alarmName, state } = detail;
  const action = ACTIONS.find(([alarm, value]) => alarmName.endsWith(`-${alarm}`) && state.value === value)?.[2];
  if (action === undefined) return logger.warn('There is no action for this change of state.', { alarmName, state });
  if ((await readState(KILL_SWITCH))?.['disabled']?.BOOL === true) return logger.warn('The kill switch is set.');
  if (!(await claim(`response#${alarmName}#${state.timestamp}`, nowMs))) return;
  const response = await action(nowMs);
  if (response === undefined) return;
  logger.warn(response.title, { alarmName, why: response.why });
  await announce(response, `${alarmName} is ${state.value} since ${state.timestamp}`);
}
