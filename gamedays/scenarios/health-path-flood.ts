import { disturbedTwice } from './disturbed-twice';

/** Somebody guesses at the path of the health APIs, three hundred times a second in each region. */
export const healthPathFlood = disturbedTwice({
  name: 'health-path-flood',
  title: 'A wrong path of the health APIs is flooded',
  hypothesis:
    'When strangers flood the health APIs without knowing the path, the checkers are answered as before: no caller is moved and no evacuation is undone.',
  blastRadius: 'None, which is what the day is to show.',
  disturbance: (window) => [
    { fault: 'flood', of: 'wrong-health-path', region: 'primary', requestsPerSecond: 300, ...window },
    { fault: 'flood', of: 'wrong-health-path', region: 'standby', requestsPerSecond: 300, ...window },
  ],
});
