import { CAPACITY } from '../../blueprint/capacity';
import { predictedKnee } from '../../blueprint/capacity-resources';
import type { Observations } from '../observations';
import { none, type Check } from './check';

/** DNS moves the callers of the lost region within so long; from then on the survivor has everything. */
const DNS_SECONDS = 45;

export const survivorKeepsServing: Check = {
  id: 'survivor-keeps-serving',
  title: 'The survivor decided as much as it can carry, although it was asked for more',
  failureTitle: 'The survivor did not do the work that it could have done',
  description:
    'The loss of a region doubles the load of the other one. A survivor that breaks down under it turns the loss of one region into the loss of both.',
  judge: (observations) => {
    const { gameDay, stage, startEpochMs, loss } = observations;
    if (loss === undefined) return none(['no region was lost'], 'reasons to judge nothing');
    const [begin, end] = survivingSeconds(observations);
    const inside = (epochMs: unknown): boolean => {
      const second = (Number(epochMs) - startEpochMs) / 1_000;
      return second >= begin && second < end;
    };
    const decided = survivorsItems(observations).filter((item) => inside(item.decidedAt)).length / (end - begin);
    const offered = observations.placedOrders.filter((order) => inside(order.firstAttemptMs)).length / (end - begin);
    const carried = predictedKnee(CAPACITY[stage]);
    const min = gameDay.expectations.survivorShareMin! * carried;
    return {
      verdict: decided >= min && offered > carried ? 'pass' : 'fail',
      measured: `${decided.toFixed(2)} orders/s decided of ${offered.toFixed(2)} that came`,
      bar: `at least ${min.toFixed(2)} of the ${carried.toFixed(2)} that it carries, and more coming than that`,
    };
  },
};

/** While one region has everything, DNS included. */
export function survivingSeconds({ gameDay }: Observations): readonly [begin: number, end: number] {
  const loss = gameDay.faults.find(({ fault }) => fault === 'isolate-region')!;
  return [loss.fromSeconds + DNS_SECONDS, loss.toSeconds];
}

const survivorsItems = ({ loss, replicas }: Observations) =>
  replicas.get(loss!.survivor)!.filter((item) => item.region === loss!.survivor && item.decidedBy === 'fulfilment');
