import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { AUDIT_KEY } from '../../blueprint/names';
import { createControlDynamoDb } from './clients';
import { requiredEnv } from './environment';
import { logger } from './logger';
import { measure } from './metrics';

/** Once, and briefly: who meets a disagreement has something else to do. */
const auditDynamoDb = createControlDynamoDb();

/** Written by the first who meets it. Later ones find it there. */
async function writeRecord(orderId: string, outcomes: readonly string[]): Promise<void> {
  try {
    await auditDynamoDb.send(
      new PutItemCommand({
        TableName: requiredEnv('AUDIT_TABLE'),
        Item: {
          [AUDIT_KEY]: { S: orderId },
          outcomes: { L: outcomes.map((outcome) => ({ S: outcome })) },
          metAt: { S: new Date().toISOString() },
          metBy: { S: requiredEnv('AWS_LAMBDA_FUNCTION_NAME') },
        },
        ConditionExpression: `attribute_not_exists(${AUDIT_KEY})`,
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/**
 * Two outcomes of one order were met. Nothing is overwritten: both items stay, and a person looks. What cannot be recorded is
 * still counted and logged, and the next who meets it tries again: an answer to a caller does not depend on it.
 */
export async function reportDisagreement(orderId: string, outcomes: readonly string[]): Promise<void> {
  measure('OutcomeDisagreements');
  logger.error('Outcomes disagree.', { orderId, outcomes });
  await writeRecord(orderId, outcomes).catch((error: Error) =>
    logger.warn('A disagreement could not be recorded.', { orderId, error }),
  );
}
