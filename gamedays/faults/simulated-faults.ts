import type { Fault, FaultWorld, StepOf } from './fault';
import type { FaultStep } from './fault-step';
import { delay, isolateRegion, loseReplies, partition, partitionCheckers } from './network-faults';
import {
  crashFunctions,
  injectMetric,
  killEnvironments,
  loseMetrics,
  pauseReplication,
  skewClock,
} from './region-faults';
import { duplicateMessages, failControlPlane, failPayments, failService, poisonMessage } from './service-faults';

const FAULTS: { readonly [Kind in FaultStep['fault']]: Fault<StepOf<Kind>> } = {
  'isolate-region': isolateRegion,
  partition,
  'lose-replies': loseReplies,
  delay,
  'partition-checkers': partitionCheckers,
  'fail-service': failService,
  'fail-payments': failPayments,
  'fail-control-plane': failControlPlane,
  'duplicate-messages': duplicateMessages,
  'pause-replication': pauseReplication,
  'lose-metrics': loseMetrics,
  'skew-clock': skewClock,
  'kill-environments': killEnvironments,
  'poison-message': poisonMessage,
  'crash-functions': crashFunctions,
  'inject-metric': injectMetric,
};

/** Does to the embedded cloud what the step of a scenario says. */
export function applyFault(world: FaultWorld, step: FaultStep): void {
  faultOf(step).apply(world, step, nameOf(step));
}

/** Takes it away again. */
export function healFault(world: FaultWorld, step: FaultStep): void {
  faultOf(step).heal(world, step, nameOf(step));
}

export function faultTitle(step: FaultStep): string {
  const { title } = faultOf(step);
  return typeof title === 'string' ? title : title(step);
}

function faultOf(step: FaultStep): Fault<FaultStep> {
  return FAULTS[step.fault] as Fault<FaultStep>;
}

// The whole step, so that two faults of one kind neither replace each other nor share a stream of chance.
function nameOf(step: FaultStep): string {
  return JSON.stringify(step);
}
