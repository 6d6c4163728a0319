import { stopConditionsOf } from '../stop-conditions';
import type { Check } from './check';

/** Judged on every day that something calls off, without being asked for. */
export const notCalledOff: Check = {
  id: 'not-called-off',
  title: 'The drill was flown to its end',
  failureTitle: 'The drill was called off',
  description:
    'A drill that hurts somebody outside of it ends at once: what was done to the system is undone, and nothing more is done.',
  judge: ({ gameDay, calledOff }) => {
    const sentences = stopConditionsOf(gameDay).map(({ sentence }) => sentence);
    return {
      verdict: calledOff === undefined ? 'pass' : 'fail',
      measured:
        calledOff === undefined
          ? 'no stop condition was met'
          : `after ${Math.round(calledOff.atSeconds)} s: ${calledOff.reason}`,
      bar: `called off when ${sentences.join(', or when ')}`,
    };
  },
};
