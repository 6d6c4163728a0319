import { order } from './surroundings';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { aboutOrder } from '../../lambdas/shared/about-order';
import { logger } from '../../lambdas/shared/logger';
import { withMetrics } from '../../lambdas/shared/metrics';

const { orderId } = order();

describe('An invocation that is about an order', () => {
  const appended = jest.spyOn(logger, 'appendKeys');
  const reset = jest.spyOn(logger, 'resetKeys');
  const annotated = jest.spyOn(Metrics.prototype, 'addMetadata');

  test('says so on every line and beside what it measures, and the next one does not', async () => {
    await withMetrics(async () => aboutOrder(orderId));

    expect(appended).toHaveBeenCalledWith({ orderId });
    expect(annotated).toHaveBeenCalledWith('orderId', orderId);
    expect(reset).toHaveBeenCalledTimes(1);
    expect(reset.mock.invocationCallOrder[0]).toBeGreaterThan(appended.mock.invocationCallOrder[0]!);
  });

  test('forgets it after a failure as well', async () => {
    reset.mockClear();
    const failed = withMetrics(async () => {
      aboutOrder(orderId);
      throw new Error('It fails.');
    });

    await expect(failed).rejects.toThrow('It fails.');
    expect(reset).toHaveBeenCalledTimes(1);
  });
});
