import { SERVICES } from '../../blueprint/services';
import { bundle, bundleBeside } from './bundle';

const ENTRIES = SERVICES.map(({ entry }) => entry);

let bundles: ReadonlyMap<string, string> | undefined;

/** The code of every service by its entry, bundled once for both regions. */
export function serviceBundles(): ReadonlyMap<string, string> {
  bundles ??= bundle(ENTRIES);
  return bundles;
}

/** Has them ready before the first is asked for, made beside this process. Without it the first one waits. */
export async function bundleServicesAhead(): Promise<void> {
  bundles = await bundleBeside(ENTRIES);
}
