import { disturbedTwice } from './disturbed-twice';

/** The public routes are flooded in both regions by callers whom nobody has vouched for. */
export const publicFlood = disturbedTwice({
  name: 'public-flood',
  title: 'The public routes are flooded',
  hypothesis:
    'When strangers flood the public routes of both regions, callers are refused for load and wait, and neither region is taken for sick: no caller is moved and no evacuation is undone.',
  blastRadius: 'Callers: they are refused along with the strangers, and come back.',
  disturbance: (window) => [
    { fault: 'flood', of: 'public-routes', region: 'primary', requestsPerSecond: 200, ...window },
    { fault: 'flood', of: 'public-routes', region: 'standby', requestsPerSecond: 200, ...window },
  ],
});
