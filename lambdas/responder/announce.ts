import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { BOUNDED, lean } from '../shared/clients';
import { ownRegion, requiredEnv } from '../shared/environment';
import { logger } from '../shared/logger';

/** What was done or not, and why: one line each for the person who reads the notification. */
export interface Response {
  readonly title: string;
  readonly why: readonly string[];
}

const sns = lean(new SNSClient(BOUNDED));
/** Subjects are of at most 100 characters (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html). */
const SUBJECT_LENGTH_MAX = 100;

/** Tells people what was done and why. That nobody could be told undoes nothing. */
export async function announce({ title, why }: Response, cause: string): Promise<void> {
  const lines = [title, '', `Cause: ${cause}.`, ...why, '', 'Runbook: runbooks/responder.md'];
  try {
    await sns.send(
      new PublishCommand({
        TopicArn: requiredEnv('PAGE_TOPIC_ARN'),
        Subject: `Tandem responder in ${ownRegion()}: ${title}`.slice(0, SUBJECT_LENGTH_MAX),
        Message: lines.join('\n'),
      }),
    );
  } catch (error) {
    logger.error('The response could not be announced.', error as Error);
  }
}
