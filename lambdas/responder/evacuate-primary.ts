import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { evacuationKey, REGIONAL_STATE_KEY } from '../../blueprint/names';
import { createDynamoDb } from '../shared/clients';
import { ownRegion, requiredEnv } from '../shared/environment';
import { logger } from '../shared/logger';
import { isEvacuated } from '../shared/regional-state';
import type { Response } from './announce';
import { refusals } from './guards';
import { writeState } from './response-record';

/** The guards must let it pass so often in a row, so that nothing that lasts for a moment moves the switch. */
const ROUNDS_IN_A_ROW = 3;
const ROUND_PERIOD_MS = 5_000;
/** After so long without agreement it is a person's decision. */
const GIVE_UP_MS = 80_000;

const primary = createDynamoDb(process.env['PEER_REGION']);

/**
 * Takes the primary out of DNS, from the standby. Every guard must agree three times in a row: this region is well and able
 * to carry everything, the observer sees the primary fail, and the switch has rested.
 */
export async function evacuatePrimary(startMs: number): Promise<Response | undefined> {
  const region = requiredEnv('PEER_REGION');
  // The probe goes on to fail while callers leave; there is nothing more to do and nothing to tell.
  if (await isEvacuated(evacuationKey(region))) return undefined;
  let agreed = 0;
  let last: readonly string[] = [];
  for (;;) {
    last = await refusals(Date.now()).catch((error: Error) => [`A guard could not be asked: ${error.message}`]);
    agreed = last.length === 0 ? agreed + 1 : 0;
    if (agreed === ROUNDS_IN_A_ROW) break;
    if (Date.now() - startMs >= GIVE_UP_MS) return { title: `${region} was not evacuated`, why: last };
    await new Promise((resolve) => setTimeout(resolve, ROUND_PERIOD_MS));
  }
  const item = {
    evacuated: { BOOL: true },
    changedAt: { N: String(Date.now()) },
    reason: { S: 'The responder: the probe failed, and the observer agreed.' },
  };
  await writeState(evacuationKey(region), item);
  const latch = await setLatch(region, item);
  return {
    title: `${region} is evacuated`,
    why: [
      `${ownRegion()} is well and not behind, and the observer saw ${region} fail, ${ROUNDS_IN_A_ROW} times in a row.`,
      latch,
      'Going back is a decision of a person.',
    ],
  };
}

/** The region itself is told, where it can be reached; the switch alone suffices. */
async function setLatch(region: string, item: Parameters<typeof writeState>[1]): Promise<string> {
  try {
    const Item = { [REGIONAL_STATE_KEY]: { S: evacuationKey(region) }, ...item };
    await primary.send(new PutItemCommand({ TableName: requiredEnv('STATE_TABLE'), Item }));
    return `${region} knows it, too.`;
  } catch (error) {
    logger.warn('The latch is not set.', error as Error);
    return `${region} could not be told; the switch alone suffices.`;
  }
}
