import type { Observations } from '../observations';
import { none, type Check } from './check';

export const dnsFollowsTheOperator: Check = {
  id: 'dns-follows-the-operator',
  title: 'DNS moved when the operator moved it, and at no other time',
  failureTitle: 'DNS moved callers without the operator, or not with it',
  description:
    'A flood, an exhausted account or a cut cable must not choose the moment of a failover, and least of all send callers back into a region that somebody has taken out.',
  judge: (observations) => {
    const commands = moves(observations);
    const answers = observations.record.dnsAnswers.filter(({ fromSeconds }) => fromSeconds > 0);
    const uncalled = answers
      .filter(
        ({ region, fromSeconds }) =>
          !commands.some(
            ({ target, startSeconds, endSeconds }) =>
              region === target && fromSeconds >= startSeconds && fromSeconds <= endSeconds,
          ),
      )
      .map(({ region, fromSeconds }) => `${region} from ${Math.round(fromSeconds)} s on`);
    const unheard = commands
      .filter(({ target }) => !answers.some(({ region }) => region === target))
      .map(({ target }) => `${target} was never answered`);
    return none([...uncalled, ...unheard], 'moves without a command, or commands without a move');
  },
};

/** When a command of the switch moved callers, and where to. It waits for DNS before it ends. */
function moves({ operatorReports, regions, startEpochMs }: Observations) {
  return operatorReports.flatMap(({ step, region, startMs, endMs }) => {
    if (step.command !== 'evacuate' && step.command !== 'failback') return [];
    const other = region === regions.primary ? regions.standby : regions.primary;
    return [
      {
        target: step.command === 'evacuate' ? other : region,
        startSeconds: (startMs - startEpochMs) / 1_000,
        endSeconds: (endMs - startEpochMs) / 1_000,
      },
    ];
  });
}
