import type { GameDay } from './game-day';
import { capacityTest } from './scenarios/capacity-test';
import { bothRegionsImpaired } from './scenarios/both-regions-impaired';
import { bothSwitchesSet } from './scenarios/both-switches-set';
import { checkersPartitioned } from './scenarios/checkers-partitioned';
import { clockSkew } from './scenarios/clock-skew';
import { staleDnsClients } from './scenarios/stale-dns-clients';
import { concurrencyExhausted } from './scenarios/concurrency-exhausted';
import { flappingChecks } from './scenarios/flapping-checks';
import { healthPathFlood } from './scenarios/health-path-flood';
import { observerLost } from './scenarios/observer-lost';
import { peerPartition } from './scenarios/peer-partition';
import { publicFlood } from './scenarios/public-flood';
import { bothRegionsWrite } from './scenarios/both-regions-write';
import { clientFailover } from './scenarios/client-failover';
import { steadyDay } from './scenarios/steady-day';
import { deadDependency } from './scenarios/dead-dependency';
import { grayRegion } from './scenarios/gray-region';
import { queueUnavailable } from './scenarios/queue-unavailable';
import { dynamodbThrottled } from './scenarios/dynamodb-throttled';
import { badDeployment } from './scenarios/bad-deployment';
import { poisonMessage } from './scenarios/poison-message';
import { paymentSlow } from './scenarios/payment-slow';
import { paymentDown } from './scenarios/payment-down';
import { paymentWrong } from './scenarios/payment-wrong';
import { replicationPaused } from './scenarios/replication-paused';
import { metastableDrop } from './scenarios/metastable-drop';
import { metricsOutage } from './scenarios/metrics-outage';
import { overload } from './scenarios/overload';
import { overloadedSurvivor } from './scenarios/overloaded-survivor';
import { shedByHand } from './scenarios/shed-by-hand';
import { standbyLoss } from './scenarios/standby-loss';
import { trafficFlood } from './scenarios/traffic-flood';
import { injectedMetrics } from './scenarios/injected-metrics';
import { slowBurn } from './scenarios/slow-burn';
import { controlPlaneLoss } from './scenarios/control-plane-loss';
import { evacuationDrill } from './scenarios/evacuation-drill';
import { leanRegionLoss } from './scenarios/lean-region-loss';
import { lostReplies } from './scenarios/lost-replies';
import { regionLoss } from './scenarios/region-loss';
import { stalePlans } from './scenarios/stale-plans';
import { steadyState } from './scenarios/steady-state';

/** Every game day there is, in the order in which they are listed. */
export const CATALOGUE: readonly GameDay[] = [
  steadyState,
  regionLoss,
  leanRegionLoss,
  clientFailover,
  lostReplies,
  bothRegionsWrite,
  evacuationDrill,
  controlPlaneLoss,
  stalePlans,
  peerPartition,
  observerLost,
  bothSwitchesSet,
  checkersPartitioned,
  flappingChecks,
  bothRegionsImpaired,
  staleDnsClients,
  clockSkew,
  healthPathFlood,
  publicFlood,
  concurrencyExhausted,
  steadyDay,
  deadDependency,
  grayRegion,
  queueUnavailable,
  dynamodbThrottled,
  badDeployment,
  poisonMessage,
  paymentSlow,
  paymentDown,
  paymentWrong,
  replicationPaused,
  metricsOutage,
  standbyLoss,
  trafficFlood,
  injectedMetrics,
  slowBurn,
  capacityTest,
  shedByHand,
  metastableDrop,
  overload,
  overloadedSurvivor,
];
