import type { Blueprint } from '../blueprint';

/** Every piece of state says who shares it, who writes it and how it comes back. */
export function everyDatumRecovers({ data }: Blueprint): string[] {
  return data.flatMap((datum) =>
    (['sharing', 'writer', 'recovery'] as const)
      .filter((field) => datum[field].trim() === '')
      .map((field) => `The datum ${datum.name} has no ${field}: say it in blueprint/data.ts.`),
  );
}
