import { probePeer } from './probe-peer';

/** Once a minute: probe the other region until the next minute begins. */
export const handler = (): Promise<void> => probePeer(Date.now());
