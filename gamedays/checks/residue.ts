import { none, type Check } from './check';

export const noDeadLetters: Check = {
  id: 'no-dead-letters',
  title: 'Nothing is left in a dead-letter queue',
  failureTitle: 'Messages are left in a dead-letter queue',
  description:
    'A dead letter is work that nobody does any more. Here no message is ever at fault, so each one is a defect.',
  judge: ({ record }) => none(record.deadLetters, 'dead letters'),
};

export const noAccessDenied: Check = {
  id: 'no-access-denied',
  title: 'No call was denied',
  failureTitle: 'Calls were denied for want of a grant',
  description: 'A missing grant is found by the first call that needs it, and that call may come on the worst day.',
  judge: ({ record }) => none(record.accessDenials, 'denied calls'),
};

export const noFunctionTimedOut: Check = {
  id: 'no-function-timed-out',
  title: 'Every function answered before its own timeout',
  failureTitle: 'Functions were ended by their own timeout',
  description:
    'Whatever a function calls has a time limit, and the limits add up to less than its own. One that is ended from outside says nothing to anybody, and takes its worker away for as long as it hung.',
  judge: ({ record }) => none(record.functionTimeouts, 'timeouts'),
};

export const converged: Check = {
  id: 'converged',
  title: 'The world came to rest',
  failureTitle: 'The world did not come to rest in time',
  description:
    'After the last fault has healed everything must be settled in bounded time: no open order, no message under way, no replication outstanding.',
  judge: ({ pending, gameDay, convergedAfterSeconds }) => ({
    verdict: pending === undefined ? 'pass' : 'fail',
    measured:
      pending === undefined
        ? `at rest ${Math.round(convergedAfterSeconds)} s after the end`
        : `not at rest: ${pending}`,
    bar: `within ${gameDay.convergenceSecondsMax} s`,
  }),
};
