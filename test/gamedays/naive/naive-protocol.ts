import { join, parse } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { SERVICES } from '../../../blueprint/services';
import type { FlightPlan } from '../../../gamedays';
import { bundle, BUNDLE_OPTIONS } from '../../../lib/constructs/bundle';

/** Modules of `lambdas/shared/` by name, and what stands in for them in this folder. */
export type NaiveModules = Readonly<Record<string, string>>;

/** No owner: one item an order that both regions write, and whoever thinks it has expired says so. */
export const WITHOUT_OWNER: NaiveModules = { environment: 'environment', 'payment-client': 'payment-client' };

/** One item an order with an owner and a fencing token in it. */
export const WITH_FENCING_TOKEN: NaiveModules = { ...WITHOUT_OWNER, 'order-store': 'fenced-order-store' };

const ENTRIES = SERVICES.map(({ entry }) => entry);

function standIns(modules: NaiveModules): Plugin {
  return {
    name: 'stand-ins',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => {
        // The stand-ins themselves build on the real modules.
        const standIn = importer.includes('/lambdas/') ? modules[parse(path).name] : undefined;
        return standIn === undefined ? undefined : { path: join(__dirname, `${standIn}.ts`) };
      });
    },
  };
}

/** The same app, its functions built on other modules: how the protocol is often written. */
export async function withNaiveProtocol(plan: FlightPlan, modules: NaiveModules): Promise<FlightPlan> {
  const shipped = bundle(ENTRIES);
  const { outputFiles } = await build({
    ...BUNDLE_OPTIONS,
    entryPoints: Object.fromEntries(ENTRIES.map((entry, index) => [String(index), entry])),
    outdir: 'bundles',
    plugins: [standIns(modules)],
  });
  const naive = new Map(
    outputFiles.map(({ path, text }) => [shipped.get(ENTRIES[Number(parse(path).name)]!)!, text] as const),
  );
  const bundles = new Map([...plan.assembly.bundles].map(([key, code]) => [key, naive.get(code) ?? code]));
  const changed = [...bundles].filter(([key, code]) => plan.assembly.bundles.get(key) !== code);
  if (changed.length < 3) throw new Error('The naive modules are in no bundle of the assembly.');
  return { ...plan, assembly: { ...plan.assembly, bundles } };
}
