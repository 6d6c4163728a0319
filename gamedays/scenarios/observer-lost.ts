import { disturbedTwice } from './disturbed-twice';

/** The third view goes blind, in calm and during an evacuation. */
export const observerLost = disturbedTwice({
  name: 'observer-lost',
  title: 'The observer does not run',
  hypothesis: 'When the observer is lost nothing moves and nothing fails: an opinion that is missing decides nothing.',
  blastRadius: 'Whoever would have asked the observer.',
  disturbance: (window) => [{ fault: 'stop-observer', ...window }],
});
