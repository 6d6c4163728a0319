/**
 * Route 53: health checks and DNS answers.
 *
 * - `route53.ts`: the service, its answers and their history
 * - `health-check.ts`: what a template says of a check
 * - `health-checker.ts`: one of the uncoordinated checkers of a check
 * - `health-checks.ts`: from their opinions to a status; calculated and inverted checks, metrics
 * - `hosted-zone.ts`, `record-set.ts`: records, and which of several answers
 * - `resolver.ts`: the cache of a client
 */
export { Route53, type AnswerChange, type DnsAnswer } from './route53';
export type { HealthChecksOptions, HealthCheckStatusChange } from './health-checks';
export type { Probe, ProbeOutcome, SendProbe } from './health-checker';
export { Resolver, type ResolvedHost, type ResolverOptions } from './resolver';
export type { RecordType } from './record-set';
