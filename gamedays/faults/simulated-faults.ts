import type { Cloud } from '../../simulator';
import type { FaultStep } from '../game-day';

/** Does to the embedded cloud what the step of a scenario says. */
export function applyFault(cloud: Cloud, region: string, step: FaultStep): void {
  switch (step.fault) {
    case 'isolate-region':
      return cloud.isolateRegion(region);
    case 'lose-replies':
      for (const [name, select] of repliesOf(region)) {
        cloud.network.faults.add(name, { select, effect: { kind: 'lose-reply' }, probability: step.share });
      }
  }
}

/** Takes it away again. */
export function healFault(cloud: Cloud, region: string, step: FaultStep): void {
  switch (step.fault) {
    case 'isolate-region':
      return cloud.rejoinRegion(region);
    case 'lose-replies':
      for (const [name] of repliesOf(region)) cloud.network.faults.remove(name);
  }
}

function repliesOf(region: string): [name: string, select: { from?: string; to?: string }][] {
  return [
    [`lose-replies from ${region}`, { from: region }],
    [`lose-replies to ${region}`, { to: region }],
  ];
}
