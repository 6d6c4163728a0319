import type { Observations } from '../observations';
import { none, type Check } from './check';
import { survivingSeconds } from './survivor-keeps-serving';

export const survivorStaysInDns: Check = {
  id: 'survivor-stays-in-dns',
  title: 'What the survivor refused sent nobody to the region that was lost',
  failureTitle: 'Callers were sent to a region that was lost, although the other one was there',
  description:
    'A survivor that looks sick because it refuses leaves DNS with two sick regions, and then it answers with both: half of all callers wait for a region that is not there.',
  judge: (observations) => {
    const { loss } = observations;
    if (loss === undefined) return none(['no region was lost'], 'reasons to judge nothing');
    const attempts = attemptsWhileLost(observations);
    const lost = attempts.filter(({ region }) => region !== loss.survivor);
    const { verdict, ...rest } = none(
      lost.map(({ region, second }) => `an attempt to ${region} at ${Math.round(second)} s`),
      'attempts sent to the lost region',
    );
    const refused = attempts.filter(({ outcome }) => outcome === 429).length;
    // Without a refusal nothing is shown.
    return { ...rest, verdict: refused > 0 ? verdict : 'fail', measured: `${rest.measured}, ${refused} refused` };
  },
};

function attemptsWhileLost(observations: Observations) {
  const { placedOrders, startEpochMs } = observations;
  const [begin, end] = survivingSeconds(observations);
  return placedOrders
    .flatMap(({ attempts }) => attempts)
    .map(({ startMs, region, outcome }) => ({ region, outcome, second: (startMs - startEpochMs) / 1_000 }))
    .filter(({ second }) => second >= begin && second < end);
}
