import { none, type Check } from './check';

export const dnsStoodStill: Check = {
  id: 'dns-stood-still',
  title: 'DNS went on to answer with the same region',
  failureTitle: 'DNS moved callers to another region',
  description:
    'Too much work is no reason to leave a region: the other one is no larger, and whoever can fill an API could choose the moment of a failover.',
  judge: ({ record }) => {
    const moves = record.dnsAnswers.filter((answer) => answer.fromSeconds > 0);
    return none(
      moves.map((answer) => `${answer.region} from ${Math.round(answer.fromSeconds)} s on`),
      'moves',
    );
  },
};
