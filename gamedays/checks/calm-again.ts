import { secondsUntilCalm } from '../calm';
import { livedOrders } from '../lived-orders';
import type { Check } from './check';

export const calmAgain: Check = {
  id: 'calm-again',
  title: 'Soon after the cause was gone everybody was served as before',
  failureTitle: 'The region stayed overloaded although nothing was wrong any more',
  description:
    'What waits when a slow minute ends is work that nobody wants any more. A region that does it all the same stays late for everybody who comes, long after the cause has gone.',
  judge: (observations) => {
    const { fromSeconds, withinSeconds } = observations.gameDay.expectations.calm!;
    const seconds = secondsUntilCalm(livedOrders(observations), fromSeconds, observations.gameDay.durationSeconds);
    return {
      verdict: seconds !== undefined && seconds <= withinSeconds ? 'pass' : 'fail',
      measured: seconds === undefined ? 'not within the day' : `after ${seconds} s`,
      bar: `within ${withinSeconds} s`,
    };
  },
};
