import type { Blueprint } from '../blueprint';

/** A message stays hidden for longer than the function that holds it can run, or two workers hold it at once. */
export function visibilityOutlastsFunction({ visibilityMarginSeconds }: Blueprint): string[] {
  return visibilityMarginSeconds >= 1
    ? []
    : [
        `The work queue's visibility timeout must outlast fulfilment's by at least 1 s, not by ${visibilityMarginSeconds} s.`,
      ];
}
