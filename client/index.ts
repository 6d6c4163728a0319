/**
 * The client for callers of the service.
 *
 * - `order-client.ts`: places and reads orders, retries with the same key
 * - `request-signer.ts`: Signature Version 4 for the region that DNS named
 * - `platform.ts`: what the client needs of its surroundings, so that it also runs in virtual time
 */
export { OrderClient, type Attempt, type NewOrder, type OrderClientOptions } from './order-client';
export { ClientTimeout, type ClientPlatform, type ClientRequest, type ClientResponse } from './platform';
export { RequestSigner, regionOf, type SignerCredentials } from './request-signer';
