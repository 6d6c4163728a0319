import {
  CancelMessageMoveTaskCommand,
  GetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { createSqs } from '../shared/clients';
import { requiredEnv } from '../shared/environment';
import { readState } from '../shared/regional-state';
import type { Response } from './announce';
import { writeState } from './response-record';

/** The item that says when the last redrive was. */
const REDRIVE = 'redrive';
/** What came back once comes back again: a person looks before the next try. */
const REST_MS = 3_600_000;
/** Slow enough for the workers to serve customers first. */
const MESSAGES_PER_SECOND = 1;
const POLL_MS = 5_000;
/** So long the redrive is watched. Twenty receives of one message take longer; its alarm tells of those. */
const WATCH_MS = 75_000;

const sqs = createSqs();

/** Moves dead letters back once their cause is gone, one a second, and stops when they come back. */
export async function redriveDeadLetters(startMs: number): Promise<Response | undefined> {
  const waiting = await countDeadLetters();
  if (waiting === 0) return undefined;
  const last = Number((await readState(REDRIVE))?.['changedAt']?.N ?? -Infinity);
  if (startMs - last < REST_MS) {
    return { title: `${waiting} dead letters stay`, why: ['They were redriven within the last hour, and came back.'] };
  }
  await writeState(REDRIVE, { changedAt: { N: String(startMs) } });
  const { TaskHandle } = await sqs.send(
    new StartMessageMoveTaskCommand({
      SourceArn: requiredEnv('DEAD_LETTERS_ARN'),
      MaxNumberOfMessagesPerSecond: MESSAGES_PER_SECOND,
    }),
  );
  let fewest = waiting;
  while (Date.now() - startMs < WATCH_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const left = await countDeadLetters();
    if (left > fewest) {
      await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
      return {
        title: 'The redrive was stopped',
        why: [`${left} dead letters where there were ${fewest}: they come back.`],
      };
    }
    fewest = left;
    if (left === 0) break;
  }
  return {
    title: `${waiting} dead letters are redriven`,
    why: [`One a second; ${fewest} are left when this is written.`],
  };
}

async function countDeadLetters(): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: requiredEnv('DEAD_LETTERS_URL'),
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  return Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0);
}
