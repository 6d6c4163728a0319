import type { Check } from './check';
import { recoveryObjectives } from './recovery-objectives';

export const calmAgain: Check = {
  id: 'calm-again',
  title: 'Soon after the cause was gone everybody was served as before',
  failureTitle: 'The region stayed overloaded although nothing was wrong any more',
  description:
    'What waits when a slow minute ends is work that nobody wants any more. A region that does it all the same stays late for everybody who comes, long after the cause has gone.',
  judge: (observations) => {
    const { withinSeconds } = observations.gameDay.expectations.calm!;
    const seconds = recoveryObjectives(observations).calmAfterSeconds ?? Infinity;
    return {
      verdict: seconds <= withinSeconds ? 'pass' : 'fail',
      measured: seconds === Infinity ? 'not within the day' : `after ${seconds} s`,
      bar: `within ${withinSeconds} s`,
    };
  },
};
