import { Kernel } from '../../../simulator/kernel/kernel';
import { AwsFault } from '../../../simulator/services/aws-service';
import { Sqs } from '../../../simulator/services/sqs';
import type { Answer, Implementation } from './implementation';

export const REGION = 'us-east-1';
export const ACCOUNT_ID = '123456789012';

/** The simulator's own model, in virtual time and without disorder. */
export function createModel(): Implementation {
  const kernel = new Kernel({ seed: 1 });
  const service = new Sqs(kernel, { accountId: ACCOUNT_ID });
  return {
    name: 'model',
    createQueue: async (definition) =>
      service.createQueue({ region: REGION, orderJitterMs: 0, attributeLagSeconds: 0, ...definition }),
    call: async (operation, input): Promise<Answer> => {
      try {
        return { output: service.execute({ region: REGION, operation, input }) };
      } catch (error) {
        if (!(error instanceof AwsFault)) throw error;
        return { fault: error.code, message: error.message };
      }
    },
    waitSeconds: (seconds) => kernel.runUntil(kernel.nowUs + seconds * 1_000_000),
  };
}
