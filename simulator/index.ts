/**
 * The embedded cloud: flies a synthesized CDK app in deterministic virtual time, in as many regions as it has.
 *
 * - `cloud.ts`: the whole, and the verbs a game day uses on it
 * - `kernel/`: virtual time, chance, the trace and its digest
 * - `network/`: requests, latency and faults between everything
 * - `runtime/`: execution environments that run the deployed bundles unchanged
 * - `services/`: one folder a service
 * - `assembly/`: reads cdk.out, resolves intrinsic functions, provisions every resource type
 */
export { readAssembly, type Assembly, type Stack, type Template } from './assembly/assembly';
export { Cloud, type CloudOptions } from './cloud';
export { RandomStream } from './kernel/random-stream';
export { NotModelled, SimulatorDefect, SimulatorError } from './kernel/errors';
export { INTERNET, internetNear } from './network/latency';
export type { NetworkFault } from './network/network-faults';
export type { AttributeMap, AttributeValue } from './services/dynamodb';
export type { Credentials } from './services/iam/iam';
