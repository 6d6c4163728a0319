import { CAPACITY } from '../../blueprint/capacity';
import { predictedKnee } from '../../blueprint/capacity-resources';
import type { OrderWorkload } from '../game-day';
import type { Observations } from '../observations';
import type { Check } from './check';

const DEVIATION_MAX = 0.1;
/** What the step before has left in the queue and in the regulator is over after so long. */
const SETTLING_SECONDS = 10;
/** A step is beyond the knee when so much more is offered than done. */
const BEYOND = 1.15;

interface StepFigures {
  readonly offered: number;
  /** Orders a second that workers have brought to an outcome. */
  readonly decided: number;
}

export const kneeAsPredicted: Check = {
  id: 'knee-as-predicted',
  title: 'The region decides as many orders a second as was predicted, and no more however many come',
  failureTitle: 'The knee is not where it was predicted, or the load never reached it',
  description:
    'A plan for the day on which one region has everything rests on how much it carries. A prediction that nobody has measured is a hope.',
  judge: (observations) => {
    const steps = stepsOf(observations);
    const predicted = predictedKnee(CAPACITY[observations.stage]);
    const measured = Math.max(...steps.map(({ decided }) => decided));
    const isReached = steps.some(({ offered, decided }) => offered > BEYOND * decided);
    const deviation = measured / predicted - 1;
    return {
      verdict: isReached && Math.abs(deviation) <= DEVIATION_MAX ? 'pass' : 'fail',
      measured: `${predicted.toFixed(2)} orders/s predicted, ${measured.toFixed(2)} measured (${(100 * deviation).toFixed(1)} %)${isReached ? '' : '; the load has not reached it'}`,
      bar: `within ${100 * DEVIATION_MAX} %, with load beyond it`,
      details: steps.map(({ offered, decided }) => `${offered.toFixed(1)} offered, ${decided.toFixed(1)} decided`),
    };
  },
};

/** The time that the load has stayed at each step, without the time in which the region got used to it. */
function stepsOf({ gameDay, placedOrders, replicas, regions, startEpochMs }: Observations): StepFigures[] {
  const { workload, durationSeconds } = gameDay;
  const items = replicas.get(regions.primary)!.filter((item) => item.region === regions.primary);
  const secondOf = (epochMs: number): number => (epochMs - startEpochMs) / 1_000;
  const begun = placedOrders.map(({ firstAttemptMs }) => secondOf(firstAttemptMs));
  const decided = items.flatMap(({ decidedAt, decidedBy }) =>
    decidedBy === 'fulfilment' ? [secondOf(Number(decidedAt))] : [],
  );
  return windowsOf(workload, durationSeconds).map(([from, to]) => {
    const rate = (seconds: readonly number[]): number =>
      seconds.filter((second) => second >= from && second < to).length / (to - from);
    return { offered: rate(begun), decided: rate(decided) };
  });
}

function windowsOf({ steps = [] }: OrderWorkload, durationSeconds: number): [from: number, to: number][] {
  const starts = [0, ...steps.map(({ fromSeconds }) => fromSeconds)];
  return starts.map((from, index) => [from + SETTLING_SECONDS, starts[index + 1] ?? durationSeconds]);
}
