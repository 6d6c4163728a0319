import type { Cloud } from '../../simulator';
import type { FaultStep } from '../game-day';

/** Does to the embedded cloud what the step of a scenario says. */
export function applyFault(cloud: Cloud, region: string, step: FaultStep): void {
  switch (step.fault) {
    case 'isolate-region':
      return cloud.isolateRegion(region);
    case 'lose-replies':
      return cloud.network.faults.add(lostRepliesOf(region), {
        select: { touches: region },
        effect: { kind: 'lose-reply' },
        probability: step.share,
      });
  }
}

/** Takes it away again. */
export function healFault(cloud: Cloud, region: string, step: FaultStep): void {
  switch (step.fault) {
    case 'isolate-region':
      return cloud.rejoinRegion(region);
    case 'lose-replies':
      return cloud.network.faults.remove(lostRepliesOf(region));
  }
}

function lostRepliesOf(region: string): string {
  return `lose-replies of ${region}`;
}
