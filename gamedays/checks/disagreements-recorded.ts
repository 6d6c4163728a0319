import type { Observations } from '../observations';
import type { TableItem } from '../targets/target';
import type { Check } from './check';

/** The outcomes of every order in both regions, each once. */
function outcomesByOrder({ replicas }: Pick<Observations, 'replicas'>): Map<string, Set<string>> {
  const outcomes = new Map<string, Set<string>>();
  for (const item of [...replicas.values()].flat()) {
    if (item.status === 'PENDING') continue;
    const orderId = String(item.orderId);
    outcomes.set(orderId, (outcomes.get(orderId) ?? new Set()).add(String(item.status)));
  }
  return outcomes;
}

const says = (record: TableItem, outcomes: ReadonlySet<string>): boolean =>
  [...outcomes].every((outcome) => JSON.stringify(record.outcomes).includes(outcome));

export const disagreementsRecorded: Check = {
  id: 'disagreements-recorded',
  title: 'The audit table names orders of which the regions say different things, and no others',
  failureTitle: 'The audit table does not say what the regions disagree about',
  description:
    'A disagreement is a promise that somebody broke. A line in a log is gone in weeks, and a count names nobody: a person needs the order and what was said of it.',
  judge: (observations) => {
    const { auditRecords } = observations;
    const outcomes = outcomesByOrder(observations);
    const disagreeing = [...outcomes.values()].filter(({ size }) => size > 1).length;
    const wrong = auditRecords.filter((record) => {
      const found = outcomes.get(String(record.orderId)) ?? new Set();
      return found.size < 2 || !says(record, found);
    });
    return {
      // A day without a disagreement proves nothing.
      verdict: wrong.length === 0 && auditRecords.length > 0 ? 'pass' : 'fail',
      measured: `${auditRecords.length - wrong.length} right records and ${wrong.length} wrong ones`,
      bar: `right ones of the ${disagreeing} orders with two outcomes, and no wrong one`,
      details: wrong.map(({ orderId }) => `The record of ${String(orderId)} is not what its items say.`),
    };
  },
};
