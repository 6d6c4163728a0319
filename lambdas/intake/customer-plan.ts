import type { CustomerPlan } from '../../blueprint/priorities';

/** The plan of a customer, as this region knows it. @default - `standard`, also for a customer nobody knows */
export const planOf = (customerId: string): Promise<CustomerPlan> =>
  Promise.resolve(process.env['PRIORITY_CUSTOMERS']?.split(',').includes(customerId) ? 'priority' : 'standard');
