import type { Blueprint } from '../blueprint';

/**
 * What is shared by some is written in one region, so that last-writer-wins has nothing to choose from, and its readers say
 * how old it may be: at least as old as their own cache lets it become.
 */
export function sharedStateHasOneWriter({ data, timeBudgets }: Blueprint): string[] {
  return data
    .filter(({ sharing }) => sharing === 'share-something')
    .flatMap(({ name, kept, writerRegion, stalenessSecondsMax }) => {
      const failures: string[] = [];
      if (kept === 'dynamodb-global-table' && writerRegion === undefined) {
        failures.push(`The datum ${name} is shared by some and written anywhere: give it a writerRegion.`);
      }
      if (stalenessSecondsMax === undefined || stalenessSecondsMax * 1_000 < timeBudgets.planCacheMs) {
        failures.push(
          `The datum ${name} may be ${stalenessSecondsMax ?? 'any number of'} seconds old, and readers keep it for ${timeBudgets.planCacheMs} ms: say how stale it may be, and no less than that.`,
        );
      }
      return failures;
    });
}
