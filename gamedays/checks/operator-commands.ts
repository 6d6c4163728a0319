import type { Check } from './check';

export const operatorCommandsWorked: Check = {
  id: 'operator-commands-worked',
  title: 'Every command of the runbook did what it said',
  failureTitle: 'Commands of the runbook were refused, failed or did not end',
  description:
    'A command is needed on the worst day, by somebody who has just been woken: it works then or it is not worth having.',
  judge: ({ gameDay, operatorReports }) => {
    const asked = gameDay.operatorSteps?.length ?? 0;
    const wrong = operatorReports.filter(({ outcome }) => outcome !== 'done');
    return {
      // A command that has not ended has left no report.
      verdict: asked > 0 && operatorReports.length === asked && wrong.length === 0 ? 'pass' : 'fail',
      measured: `${operatorReports.length - wrong.length} of ${asked} commands done`,
      bar: 'all of them',
      details: wrong.map(({ command, outcome, said }) => `${command}: ${outcome}. ${said.join(' ')}`),
    };
  },
};
