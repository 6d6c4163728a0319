import { healthCheckerRegions } from '../../blueprint/regions';
import { INTERNET, type NetworkFault } from '../../simulator';
import type { Fault, FaultWorld, StepOf } from './fault';
import type { FaultStep, Place } from './fault-step';

/** A fault that is nothing but an entry in the network's list. */
export function networkFault<Step extends FaultStep>(
  title: Fault<Step>['title'],
  entries: (world: FaultWorld, step: Step) => readonly NetworkFault[],
): Fault<Step> {
  return {
    title,
    apply: (world, step, name) =>
      entries(world, step).forEach((entry, index) => world.cloud.network.faults.add(`${name}/${index}`, entry)),
    heal: (world, step, name) =>
      entries(world, step).forEach((_, index) => world.cloud.network.faults.remove(`${name}/${index}`)),
  };
}

export const isolateRegion: Fault<StepOf<'isolate-region'>> = {
  title: 'Nothing crosses the border of the region',
  apply: ({ cloud, regions }, { region }) => cloud.isolateRegion(regions[region]),
  heal: ({ cloud, regions }, { region }) => cloud.rejoinRegion(regions[region]),
};

export const partition: Fault<StepOf<'partition'>> = {
  title: ({ between: [left, right] }) => `Nothing passes between ${left} and ${right}`,
  apply: (world, { between: [left, right] }) => world.cloud.partition(placeOf(world, left), placeOf(world, right)),
  heal: (world, { between: [left, right] }) => world.cloud.repair(placeOf(world, left), placeOf(world, right)),
};

export const loseReplies = networkFault<StepOf<'lose-replies'>>(
  'Requests are executed and their replies are lost',
  ({ regions }, { region, share }) => [
    { select: { touches: regions[region] }, effect: { kind: 'lose-reply' }, probability: share },
  ],
);

export const delay = networkFault<StepOf<'delay'>>(
  ({ service, delayMs }) => `${service ?? 'Every service'} answers ${delayMs} ms late`,
  ({ regions }, { region, service, delayMs, share }) => [
    {
      select: { to: regions[region], ...(service === undefined ? {} : { service }) },
      effect: { kind: 'delay', delayMs },
      probability: share,
    },
  ],
);

export const partitionCheckers = networkFault<StepOf<'partition-checkers'>>(
  ({ checkerRegions }) =>
    `${checkerRegions === 3 ? 'No health checker can' : 'Some health checkers cannot'} reach the region`,
  ({ regions }, { region, checkerRegions }) =>
    healthCheckerRegions([regions.primary, regions.standby])
      .slice(0, checkerRegions)
      .map((from) => ({
        select: { from, to: regions[region], service: 'execute-api' },
        effect: { kind: 'lose-request' },
      })),
);

function placeOf({ regions }: FaultWorld, place: Place): string {
  return place === 'callers' ? INTERNET : regions[place];
}
