/**
 * The client for callers of the service.
 *
 * - `order-client.ts`: places, reads and lists orders, retries with the same key, falls over between regions
 * - `service-locator.ts`: where DNS says the service is, and each region's own place
 * - `region-circuits.ts`: which regions are avoided, and how they come back
 * - `retry-budget.ts`: repeats as a share of requests
 * - `request-signer.ts`: Signature Version 4 for the region that DNS named
 * - `bearer-token.ts`: a token instead, where the service asks for one
 * - `platform.ts`: what the client needs of its surroundings, so that it also runs in virtual time
 * - `node-platform.ts`: those surroundings in Node
 */
export { BearerToken } from './bearer-token';
export { nodePlatform, type NodePlatformOptions } from './node-platform';
export { OrderClient, type Attempt, type ListPage, type NewOrder, type OrderClientOptions } from './order-client';
export {
  ClientConnectionError,
  ClientTimeout,
  type ClientPlatform,
  type ClientRequest,
  type ClientResponse,
} from './platform';
export {
  RequestSigner,
  regionOf,
  type RequestAuthorizer,
  type RequestSignerOptions,
  type SignerCredentials,
} from './request-signer';
export { RetryBudget, type RetryBudgetOptions } from './retry-budget';
