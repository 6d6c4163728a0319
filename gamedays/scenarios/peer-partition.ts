import { disturbedTwice } from './disturbed-twice';

/** The cable between the two regions is cut, replication included; everybody else reaches both. */
export const peerPartition = disturbedTwice({
  name: 'peer-partition',
  title: 'The regions do not hear each other',
  hypothesis:
    'When nothing passes between the two regions and everybody else reaches both, neither takes the other for lost: no caller is moved and no evacuation is undone.',
  blastRadius: 'Readers in the region that does not have the order yet.',
  disturbance: (window) => [{ fault: 'partition', between: ['primary', 'standby'], ...window }],
});
