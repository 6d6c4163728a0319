import { disturbedTwice } from './disturbed-twice';

/**
 * Something else in the account runs away with its executions in both regions. It is about the stage `full`: the ten
 * executions of an empty account are too few to reserve any, and there a region without one is out of service indeed.
 */
export const concurrencyExhausted = disturbedTwice({
  name: 'concurrency-exhausted',
  title: "The account's concurrent executions are exhausted",
  hypothesis:
    'When other functions take every execution that is not reserved, orders are accepted and the checkers are answered as before: no caller is moved and no evacuation is undone.',
  blastRadius: 'Orders that no worker gets to before their deadline.',
  settings: { 'tandem:stage': 'full', 'tandem:healthPath': 'drill-0123456789abcdef' },
  disturbance: (window) => [
    { fault: 'exhaust-concurrency', region: 'primary', ...window },
    { fault: 'exhaust-concurrency', region: 'standby', ...window },
  ],
});
