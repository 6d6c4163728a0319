import type { Observations } from '../observations';
import type { Notification } from '../result';
import { none, type Check } from './check';

/** What the responder's notification says when it has moved the switch (lambdas/responder). */
const EVACUATED = /^Tandem responder in .*: .* is evacuated$/;

const evacuations = ({ record }: Observations): readonly Notification[] =>
  record.notifications.filter(({ subject }) => EVACUATED.test(subject));

export const evacuatedAutomatically: Check = {
  id: 'evacuated-automatically',
  title: 'The responder evacuated the failing region in time, or is off and left it alone',
  failureTitle: 'The responder did not evacuate in time, or acted although it is off',
  description:
    'A region that fails a third of its customers and satisfies every health check costs them until somebody moves them. At night that is the responder, or a person who has to wake up first.',
  judge: (observations) => {
    const { gameDay, configuration } = observations;
    const first = evacuations(observations)[0];
    const faultSeconds = gameDay.faults[0]?.fromSeconds ?? 0;
    if (configuration.automation === 'off') {
      return none(first === undefined ? [] : [first.subject], 'evacuations by a responder that is off');
    }
    const most = gameDay.expectations.evacuationWithinSeconds ?? 0;
    const seconds = first === undefined ? Infinity : first.atSeconds - faultSeconds;
    return {
      verdict: seconds <= most ? 'pass' : 'fail',
      measured: first === undefined ? 'never evacuated' : `told ${Math.round(seconds)} s after the start of the fault`,
      bar: `within ${most} s`,
    };
  },
};

export const nothingEvacuated: Check = {
  id: 'nothing-evacuated',
  title: 'The responder evacuated nothing',
  failureTitle: 'The responder evacuated a region without a reason',
  description:
    'An automaton that moves the customers of a region that is well does the harm it was made to prevent: a cut between the regions must look like one.',
  judge: (observations) =>
    none(
      evacuations(observations).map(({ subject }) => subject),
      'automatic evacuations',
    ),
};
