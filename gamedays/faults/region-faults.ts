import { alarmName, functionName } from '../../blueprint/names';
import { ROUTE53_HOME_REGION } from '../../blueprint/regions';
import type { Fault, FaultWorld, StepOf } from './fault';

/** The directions of replication that the step speaks of: from where to where. */
function directions({ regions }: FaultWorld, { from }: StepOf<'pause-replication'>): (readonly [string, string])[] {
  const { primary, standby } = regions;
  return [
    ...(from === 'standby' ? [] : [[primary, standby] as const]),
    ...(from === 'primary' ? [] : [[standby, primary] as const]),
  ];
}

export const pauseReplication: Fault<StepOf<'pause-replication'>> = {
  title: 'Global tables do not replicate',
  apply: (world, step) => directions(world, step).forEach(([from, to]) => world.cloud.pauseReplication(from, to)),
  heal: (world, step) => directions(world, step).forEach(([from, to]) => world.cloud.resumeReplication(from, to)),
};

export const loseMetrics: Fault<StepOf<'lose-metrics'>> = {
  title: 'CloudWatch takes in nothing',
  apply: ({ cloud, regions }, { region }) => cloud.cloudWatch.loseSamples(regions[region]),
  heal: ({ cloud, regions }, { region }) => cloud.cloudWatch.takeSamples(regions[region]),
};

export const skewClock: Fault<StepOf<'skew-clock'>> = {
  title: 'The clocks of the region are wrong',
  apply: ({ cloud, regions }, { region, skewMs }) => cloud.lambda.faults.skewClock(regions[region], skewMs),
  heal: ({ cloud, regions }, { region }) => cloud.lambda.faults.skewClock(regions[region], 0),
};

export const killEnvironments: Fault<StepOf<'kill-environments'>> = {
  title: 'Execution environments die in the middle of their work',
  apply: ({ cloud, regions }, { region, share }) => cloud.lambda.faults.killInvocations(regions[region], share),
  heal: ({ cloud, regions }, { region }) => cloud.lambda.faults.killInvocations(regions[region], 0),
};

export const crashFunctions: Fault<StepOf<'crash-functions'>> = {
  title: ({ services, share }) => `${share * 100} % of all invocations of ${services.join(', ')} crash`,
  apply: (world, step) => crash(world, step, step.share),
  heal: (world, step) => crash(world, step, 0),
};

function crash({ cloud, regions, stage }: FaultWorld, step: StepOf<'crash-functions'>, share: number): void {
  for (const service of step.services) {
    cloud.lambda.faults.crashFunction(regions[step.region], functionName(stage, service), share);
  }
}

export const injectMetric: Fault<StepOf<'inject-metric'>> = {
  title: ({ alarm, value }) => `The metric of ${alarm} says ${value}`,
  apply: (world, step) => {
    const { cloud, stage } = world;
    cloud.cloudWatch.keepPutting(placeOfMetric(world, step), alarmName(stage, step.alarm), step.value);
  },
  heal: (world, step) => {
    const { cloud, stage } = world;
    cloud.cloudWatch.stopPutting(placeOfMetric(world, step), alarmName(stage, step.alarm), step.healedValue);
  },
};

const placeOfMetric = ({ regions }: FaultWorld, { region }: StepOf<'inject-metric'>): string =>
  region === 'routing' ? ROUTE53_HOME_REGION : regions[region];
