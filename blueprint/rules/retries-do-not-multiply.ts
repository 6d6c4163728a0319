import type { Blueprint } from '../blueprint';
import type { ConnectionDefinition } from '../connections';

/** So many calls at the end of a path for one at its beginning are a load the last service can still be built for. */
const AMPLIFICATION_MAX = 4;

/**
 * Repeats multiply along a path of calls: three layers that each try three times are twenty-seven calls at the bottom, at
 * the moment the bottom can bear them least. A queue ends a path, because what waits in it is repeated in its own time.
 */
export function retriesDoNotMultiply({ connections }: Blueprint): string[] {
  const failures: string[] = [];
  const walk = (path: readonly ConnectionDefinition[]): void => {
    const last = path.at(-1)!;
    const amplification = path.reduce((product, { attempts }) => product * attempts, 1);
    if (amplification > AMPLIFICATION_MAX) {
      const names = [path[0]!.from, ...path.map(({ to }) => to)].join(' > ');
      failures.push(
        `One request along ${names} may become ${amplification} calls: at most ${AMPLIFICATION_MAX}, so repeat in fewer places.`,
      );
      return;
    }
    for (const next of connections) {
      const returns = path.some(({ from }) => from === next.to);
      if (next.from === last.to && next.protocol !== 'sqs' && !returns) walk([...path, next]);
    }
  };
  for (const connection of connections) walk([connection]);
  return failures;
}
