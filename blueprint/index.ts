/**
 * The design decisions of Tandem as typed data. The stacks are built from it, the Lambdas live by it, and the game days
 * judge by it.
 *
 * - services, connections, interfaces: what there is, who calls whom, and how each recovers
 * - data, orders, customer-plans: the state, who shares it, and the life of an order
 * - time-budgets, capacity: how long and how much
 * - order-demand, capacity-resources: what an order uses of what there is only so much of
 * - priorities, load-shedding: who goes first, and how a region regulates its load
 * - alarms, slos, metrics: what is watched
 * - configuration, trusted-callers, regions, names: what a person may choose, and what things are called
 * - blueprint, rules, rules/: all of it together, and what must hold
 */
export * from './alarms';
export * from './blueprint';
export * from './capacity';
export * from './capacity-resources';
export * from './configuration';
export * from './connections';
export * from './customer-plans';
export * from './data';
export * from './did-you-mean';
export * from './interfaces';
export * from './load-shedding';
export * from './metrics';
export * from './names';
export * from './order-demand';
export * from './orders';
export * from './priorities';
export * from './regions';
export * from './rules';
export * from './services';
export * from './slos';
export * from './time-budgets';
export * from './trusted-callers';
