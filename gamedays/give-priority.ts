import type { OperatorStep } from './game-day';

/** In the first seconds of the day the first so many of the customers are given the plan that puts their orders first. */
export const givePriority = (customers: number): OperatorStep[] =>
  Array.from({ length: customers }, (_, index) => ({
    command: 'set-plan',
    customerId: `customer-${index}`,
    plan: 'priority',
    atSeconds: 1 + 2 * index,
  }));
