/**
 * Everything that can be done to the embedded cloud, and undone.
 *
 * - `fault-step.ts`: the faults as data, which is all that scenarios know of them
 * - `network-faults.ts`: borders, partitions, lost and late replies
 * - `service-faults.ts`: services, the payment provider and control planes that fail
 * - `load-faults.ts`: floods, an exhausted account, an observer that does not run
 * - `region-faults.ts`: replication, metrics, clocks and execution environments
 */
export { applyFault, healFault, faultTitle } from './simulated-faults';
export type { FaultWorld } from './fault';
export type { FaultStep, IsolateRegion, NetworkService, Place, RegionRole } from './fault-step';
