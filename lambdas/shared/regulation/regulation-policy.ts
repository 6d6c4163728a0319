import type { LoadSheddingPolicy } from '../../../blueprint/load-shedding';
import { requiredEnv } from '../environment';

let policy: LoadSheddingPolicy | undefined;

/** The policy the stack has deployed. It was checked against its schema when the stack was synthesized. */
export function regulationPolicy(): LoadSheddingPolicy {
  policy ??= JSON.parse(requiredEnv('LOAD_SHEDDING')) as LoadSheddingPolicy;
  return policy;
}
