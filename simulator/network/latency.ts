import type { RandomStream } from '../kernel/random-stream';

/** The place of whoever is outside every region: shoppers, back ends of customers. */
export const INTERNET = 'internet';

/** A place outside every region from where that region is the nearest, such as `internet/us-west-2`. */
export function internetNear(region: string): string {
  return `${INTERNET}/${region}`;
}

/** Where a place stands as far as borders are concerned: all of the internet is one. */
export function territoryOf(place: string): string {
  return place.startsWith(`${INTERNET}/`) ? INTERNET : place;
}

/**
 * Median round trips between regions in milliseconds. They are rounded from the inter-region medians that
 * https://www.cloudping.co/grid publishes; what matters to a game day is their order of magnitude.
 */
const ROUND_TRIP_MS: Readonly<Record<string, number>> = {
  'us-east-1|us-east-2': 13,
  'us-east-1|us-west-1': 62,
  'us-east-1|us-west-2': 66,
  'us-east-2|us-west-1': 52,
  'us-east-2|us-west-2': 52,
  'us-west-1|us-west-2': 21,
  'eu-central-1|eu-west-1': 23,
  'eu-west-1|us-east-1': 69,
};

const SAME_REGION_ROUND_TRIP_MS = 0.6;
const INTERNET_ROUND_TRIP_MS = 30;
const UNLISTED_ROUND_TRIP_MS = 120;

/** Median time a service itself takes for one request, without the way there and back. Stated assumptions, not promises. */
const SERVICE_TIME_MS: Readonly<Record<string, number>> = {
  dynamodb: 3.5,
  sqs: 6,
  'execute-api': 4,
};

const SPREAD = 0.25;

/** The sampled time of one request: the round trip of the network and the time the service takes. */
export function sampleLatencyUs(stream: RandomStream, from: string, to: string, service: string): LatencySample {
  const roundTripUs = stream.lognormal(medianRoundTripMs(from, to) * 1000, SPREAD);
  const serviceUs = stream.lognormal((SERVICE_TIME_MS[service] ?? 2) * 1000, SPREAD);
  return { roundTripUs, serviceUs };
}

export interface LatencySample {
  readonly roundTripUs: number;
  readonly serviceUs: number;
}

/** The median round trip between two places in milliseconds. From the plain internet every region is equally far. */
export function medianRoundTripMs(from: string, to: string): number {
  if (from === to) return SAME_REGION_ROUND_TRIP_MS;
  if (from === INTERNET || to === INTERNET) return INTERNET_ROUND_TRIP_MS;
  if (from.startsWith(`${INTERNET}/`)) {
    return INTERNET_ROUND_TRIP_MS + medianRoundTripMs(from.slice(INTERNET.length + 1), to);
  }
  const key = from < to ? `${from}|${to}` : `${to}|${from}`;
  return ROUND_TRIP_MS[key] ?? UNLISTED_ROUND_TRIP_MS;
}
