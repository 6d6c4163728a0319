import { RHYTHMS, type LookRhythm, type Rhythm } from '../../blueprint/footprints';
import { requiredEnv } from './environment';

/**
 * How this function looks at others, as its stack has decided.
 * @throws Error for a rhythm that is none: a wrong deployment fails at its first call
 */
export function lookRhythm(service: keyof typeof RHYTHMS): LookRhythm {
  const name = requiredEnv('RHYTHM');
  const rhythm: LookRhythm | undefined = RHYTHMS[service][name as Rhythm];
  if (rhythm === undefined) throw new Error(`RHYTHM is "${name}": it must be steady or burst. See lib/stacks.`);
  return rhythm;
}

/** Whether what did not happen is published as zero, as this function's stack has decided. */
export const publishesZeros = (): boolean => requiredEnv('PUBLISHES_ZEROS') === 'yes';
