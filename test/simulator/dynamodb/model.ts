import { Kernel } from '../../../simulator/kernel/kernel';
import { AwsFault } from '../../../simulator/services/aws-service';
import { DynamoDb } from '../../../simulator/services/dynamodb';
import type { Answer, Implementation } from './implementation';

export const REGION = 'us-east-1';
export const ACCOUNT_ID = '123456789012';

/** Cases run at one instant, in which no table would sustain what some of them write. */
const NO_LIMIT = { Read: Infinity, Write: Infinity };

/** The simulator's own model, without any lag so that a case need not wait for an index, and without a limit. */
export function createModel(): Implementation {
  const kernel = new Kernel({ seed: 1 });
  const noLag = { median: 0, sigma: 0 };
  const service = new DynamoDb(kernel, {
    accountId: ACCOUNT_ID,
    indexLagMs: noLag,
    replicationLagMs: noLag,
    throughputLimits: { perKey: NO_LIMIT, initial: NO_LIMIT, quota: NO_LIMIT },
  });
  return {
    name: 'model',
    createTable: async (definition) => service.createTable(definition),
    call: async (operation, input): Promise<Answer> => {
      try {
        return { output: service.execute({ region: REGION, operation, input }) };
      } catch (error) {
        if (!(error instanceof AwsFault)) throw error;
        return { fault: error.code, message: error.message, fields: error.fields };
      }
    },
    close: async () => {},
  };
}
