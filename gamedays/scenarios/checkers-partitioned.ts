import { disturbedTwice } from './disturbed-twice';

/** Two of the three regions from which Route 53 looks reach neither serving region; everybody else does. */
export const checkersPartitioned = disturbedTwice({
  name: 'checkers-partitioned',
  title: 'Most of the health checkers reach nobody',
  hypothesis:
    'When two of three checker regions are cut off from both serving regions, the third is believed: no caller is moved and no evacuation is undone.',
  blastRadius: 'Nobody, as long as one checker region in three reaches the regions.',
  disturbance: (window) => [
    { fault: 'partition-checkers', region: 'primary', checkerRegions: 2, ...window },
    { fault: 'partition-checkers', region: 'standby', checkerRegions: 2, ...window },
  ],
});
