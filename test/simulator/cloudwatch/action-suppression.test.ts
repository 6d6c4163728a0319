import { Kernel } from '../../../simulator/kernel/kernel';
import type { AlarmState } from '../../../simulator/services/cloudwatch';
import { ActionSuppression } from '../../../simulator/services/cloudwatch/action-suppression';

const SECOND_US = 1_000_000;
const SOURCE =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html, ActionsSuppressor';

type Step = readonly [atSeconds: number, who: 'alarm' | 'suppressor', state: AlarmState];

/** Waits 120 s, extends by 180 s. @returns what was carried out, and when */
async function play(steps: readonly Step[], waitPeriodSeconds = 120): Promise<string[]> {
  const kernel = new Kernel({ seed: 1 });
  const acted: string[] = [];
  const suppression = new ActionSuppression(kernel, {
    suppressorName: 'suppressor',
    waitPeriodSeconds,
    extensionPeriodSeconds: 180,
  });
  for (const [atSeconds, who, state] of steps) {
    kernel.at(atSeconds * SECOND_US, () => {
      if (who === 'suppressor') suppression.follow(state);
      else suppression.request(state, () => acted.push(`${state} at ${kernel.nowUs / SECOND_US}`));
    });
  }
  await kernel.runUntil(3600 * SECOND_US);
  return acted;
}

describe(`The suppression of a composite alarm's actions (${SOURCE})`, () => {
  test.each<[string, readonly Step[], string[]]>([
    ['acts when nobody has suppressed it in time', [[10, 'alarm', 'ALARM']], ['ALARM at 130']],
    [
      'does not act while it is suppressed',
      [
        [5, 'suppressor', 'ALARM'],
        [10, 'alarm', 'ALARM'],
      ],
      [],
    ],
    [
      'does not act when the suppressor comes within the wait',
      [
        [10, 'alarm', 'ALARM'],
        [129, 'suppressor', 'ALARM'],
      ],
      [],
    ],
    [
      'has acted when the suppressor comes too late',
      [
        [10, 'alarm', 'ALARM'],
        [131, 'suppressor', 'ALARM'],
      ],
      ['ALARM at 130'],
    ],
    [
      'acts at the end of the extension when it is still in alarm',
      [
        [5, 'suppressor', 'ALARM'],
        [10, 'alarm', 'ALARM'],
        [100, 'suppressor', 'OK'],
      ],
      ['ALARM at 280'],
    ],
    [
      'acts at the end of the extension for an alarm that began in it',
      [
        [5, 'suppressor', 'ALARM'],
        [100, 'suppressor', 'OK'],
        [200, 'alarm', 'ALARM'],
      ],
      ['ALARM at 280'],
    ],
    [
      'stays suppressed when the suppressor comes back within the extension',
      [
        [5, 'suppressor', 'ALARM'],
        [10, 'alarm', 'ALARM'],
        [100, 'suppressor', 'OK'],
        [270, 'suppressor', 'ALARM'],
      ],
      [],
    ],
    [
      'acts for the state it has at the end',
      [
        [10, 'alarm', 'ALARM'],
        [60, 'alarm', 'OK'],
      ],
      ['OK at 130'],
    ],
    [
      'does not repeat the action of a state it has come back to',
      [
        [10, 'alarm', 'ALARM'],
        [200, 'suppressor', 'ALARM'],
        [210, 'alarm', 'OK'],
        [220, 'alarm', 'ALARM'],
        [300, 'suppressor', 'OK'],
      ],
      ['ALARM at 130'],
    ],
    [
      'is not suppressed by a suppressor without data',
      [
        [5, 'suppressor', 'INSUFFICIENT_DATA'],
        [10, 'alarm', 'ALARM'],
      ],
      ['ALARM at 130'],
    ],
  ])('%s', async (_what, steps, expected) => {
    expect(await play(steps)).toEqual(expected);
  });

  test('acts at once without a wait', async () => {
    expect(await play([[10, 'alarm', 'ALARM']], 0)).toEqual(['ALARM at 10']);
  });
});
