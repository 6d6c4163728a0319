/**
 * SNS: topics that tell people.
 *
 * - `sns.ts`: the service and what it delivered
 * - `topic.ts`: what a template says of topics and subscriptions
 */
export { SnsEndpoint } from './sns-endpoint';
export { Sns, type Delivery, type SnsOptions } from './sns';
export type { Topic } from './topic';
