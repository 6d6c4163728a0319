import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfiguration } from '../../blueprint/configuration';
import cdkJson from '../../cdk.json';
import { buildTandem } from '../../lib/tandem-app';
import { readCloudAssembly, type CloudAssembly } from '../../operations';
import type { SynthesizedStack, TemplateResource } from '../../operations/cloud-assembly';
import { createApp } from '../lib/synthesis';

const made = new Map<string, CloudAssembly>();

/** What `cdk synth` writes for cdk.json with changes, but for the bundles. */
export function assemblyOf(changes: Readonly<Record<string, string>> = {}): CloudAssembly {
  const key = JSON.stringify(changes);
  const known = made.get(key);
  if (known !== undefined) return known;
  const outdir = mkdtempSync(join(tmpdir(), 'tandem-assembly-'));
  const app = createApp(changes, { outdir, builtinCloudFormationValidation: false });
  buildTandem(app, parseConfiguration({ ...cdkJson.context, ...changes }));
  app.synth();
  const assembly = readCloudAssembly(outdir);
  rmSync(outdir, { recursive: true });
  made.set(key, assembly);
  return assembly;
}

/** The assembly with resources planted into the first stack whose name holds the text, or taken out with undefined. */
export function planted(
  { directory, stacks }: CloudAssembly,
  stackName: string,
  resources: Readonly<Record<string, TemplateResource | undefined>>,
): CloudAssembly {
  const index = stacks.findIndex((stack) => stack.stackName.includes(stackName));
  const stack = stacks[index]!;
  const merged = Object.entries({ ...stack.resources, ...resources }).filter(([, resource]) => resource !== undefined);
  const changed = { ...stack, resources: Object.fromEntries(merged) as SynthesizedStack['resources'] };
  return { directory, stacks: stacks.toSpliced(index, 1, changed) };
}
