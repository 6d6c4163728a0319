export { requiredEnv } from '../../../lambdas/shared/environment';

/** There is no owner: whichever region is asked, an order is one item that every region writes. */
export const ownRegion = (): string => 'shared';
