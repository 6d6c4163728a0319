import { observeRegions } from './observe-regions';

/** Once a minute: look at both serving regions until the next minute begins. */
export const handler = (): Promise<void> => observeRegions(Date.now());
