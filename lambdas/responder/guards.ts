import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { CAPACITY, type Stage } from '../../blueprint/capacity';
import { evacuationKey } from '../../blueprint/names';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { readObservation } from '../observer/observation';
import { createDynamoDb, createSqs } from '../shared/clients';
import { ownRegion, requiredEnv } from '../shared/environment';
import { readState } from '../shared/regional-state';

/** The observer looks every five seconds, but for ten seconds at the end of its minute. */
const OBSERVATION_AGE_MS_MAX = 20_000;
/** Of the eighteen looks that the observer remembers. With 30 % errors two or more fail in 98.6 % of all cases. */
const FAILED_LOOKS_OF_PRIMARY_MIN = 2;
/**
 * A region that shall take everything must be beyond doubt: a minute into 40 % errors, one look of eleven at most fails in
 * 3 % of all cases, none in 0.4 %. A healthy one that fails a look by chance costs a minute and a half, or asks a person.
 */
const FAILED_LOOKS_OF_OWN_MAX = 0;

const witness = createDynamoDb(process.env['WITNESS_REGION']);
const sqs = createSqs();

/** What speaks against evacuating the primary now; empty when nothing does. Every sentence names what was seen. */
export async function refusals(nowMs: number): Promise<string[]> {
  const [switched, overloaded, disagreed] = await Promise.all([
    switchGuards(nowMs),
    loadGuards(),
    observerGuards(nowMs),
  ]);
  return [...switched, ...overloaded, ...disagreed];
}

/** That these can be read at all says that this region's table answers. */
async function switchGuards(nowMs: number): Promise<string[]> {
  const [own, primary] = [ownRegion(), requiredEnv('PEER_REGION')];
  const [ownItem, primaryItem] = await Promise.all([readState(evacuationKey(own)), readState(evacuationKey(primary))]);
  if (ownItem?.['evacuated']?.BOOL === true) return [`${own} is itself evacuated: never evacuate both.`];
  if (primaryItem?.['evacuated']?.BOOL === true) return [`${primary} is evacuated already.`];
  const restedMs = nowMs - Number(primaryItem?.['changedAt']?.N ?? -Infinity);
  return restedMs >= TIME_BUDGETS.switchDwellMs
    ? []
    : [`The switch was moved ${Math.round(restedMs / 1_000)} s ago, and rests for ten minutes.`];
}

/** More messages than the workers decide before a checkout's deadline mean that this region is behind already. */
async function loadGuards(): Promise<string[]> {
  const { nominalOrdersPerSecond } = CAPACITY[requiredEnv('STAGE') as Stage];
  const most = Math.floor((nominalOrdersPerSecond * TIME_BUDGETS.checkoutDeadlineMs) / 1_000);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: requiredEnv('WORK_QUEUE_URL'),
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  const waiting = Number(Attributes?.['ApproximateNumberOfMessages'] ?? NaN);
  return waiting <= most
    ? []
    : [`${waiting} messages wait here, and ${most} are the most: this region cannot carry everything.`];
}

/** The third opinion. Without it a cut between the two regions would look like the loss of the other. */
async function observerGuards(nowMs: number): Promise<string[]> {
  const observation = await readObservation(witness).catch(() => undefined);
  const ageMs = nowMs - (observation?.observedAtMs ?? -Infinity);
  if (observation === undefined || ageMs > OBSERVATION_AGE_MS_MAX)
    return ['The observer is silent, and does not agree.'];
  const [own, primary] = [ownRegion(), requiredEnv('PEER_REGION')];
  const looksAt = (region: string): string => observation.regions[region]?.orderLooks ?? '';
  const failed = (region: string): number => looksAt(region).split('0').length - 1;
  // No look has failed of a region that nobody looks at, either.
  if (looksAt(own) === '') return [`The observer has not looked at ${own}: whether it is well, nobody knows.`];
  if (failed(own) > FAILED_LOOKS_OF_OWN_MAX)
    return [`The observer saw ${failed(own)} looks at ${own} fail: it is not well itself.`];
  if (failed(primary) < FAILED_LOOKS_OF_PRIMARY_MIN)
    return [`The observer saw ${failed(primary)} looks at ${primary} fail, and does not agree.`];
  return [];
}
