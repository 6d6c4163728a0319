import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A value of a template: text, a number, or an intrinsic function as the object that it is. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | readonly TemplateValue[]
  | { readonly [key: string]: TemplateValue };

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, TemplateValue>>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string | readonly string[];
}

/** One stack as `cdk synth` has written it. */
export interface SynthesizedStack {
  readonly stackName: string;
  readonly region: string;
  /** By logical id. */
  readonly resources: Readonly<Record<string, TemplateResource>>;
  /** Stacks that must be there before this one. */
  readonly dependencies: readonly string[];
  /** Bytes that a deployment uploads into the region, before they are compressed. */
  readonly assetBytes: number;
}

export interface CloudAssembly {
  readonly directory: string;
  /** In the order in which they can be deployed. */
  readonly stacks: readonly SynthesizedStack[];
}

/** A person's mistake with the folder, told in one line. */
export class CloudAssemblyError extends Error {
  override readonly name = 'CloudAssemblyError';
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly file?: string };
}

interface AssetFiles {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string } }>>;
}

/**
 * Reads what `cdk synth` has written, as the plain JSON that it is.
 * @throws CloudAssemblyError when the folder holds none, or a stack without a region
 */
export function readCloudAssembly(directory: string): CloudAssembly {
  const { artifacts } = readManifest(directory);
  const isStack = (id: string): boolean => artifacts[id]?.type === 'aws:cloudformation:stack';
  const stacks = inOrder(artifacts)
    .filter(isStack)
    .map((id): SynthesizedStack => {
      const { properties, dependencies = [] } = artifacts[id]!;
      const template = readJson(directory, properties!.templateFile!) as {
        readonly Resources?: SynthesizedStack['resources'];
      };
      return {
        stackName: properties!.stackName ?? id,
        region: regionOf(id, artifacts[id]!),
        resources: template.Resources ?? {},
        dependencies: dependencies.filter(isStack).map((other) => artifacts[other]!.properties!.stackName ?? other),
        assetBytes: assetBytes(directory, artifacts[`${id}.assets`]),
      };
    });
  return { directory, stacks };
}

function readManifest(directory: string): { readonly artifacts: Readonly<Record<string, Artifact>> } {
  try {
    return readJson(directory, 'manifest.json') as { artifacts: Record<string, Artifact> };
  } catch {
    throw new CloudAssemblyError(
      `${directory} holds no manifest.json of a cloud assembly. Write one with npx cdk synth -o cdk.out.`,
    );
  }
}

/** Depth first, so that every stack comes after those it depends on. */
function inOrder(artifacts: Readonly<Record<string, Artifact>>): string[] {
  const ordered = new Set<string>();
  const visit = (id: string): void => {
    if (ordered.has(id) || artifacts[id] === undefined) return;
    for (const dependency of artifacts[id].dependencies ?? []) visit(dependency);
    ordered.add(id);
  };
  for (const id of Object.keys(artifacts)) visit(id);
  return [...ordered];
}

function regionOf(id: string, { environment }: Artifact): string {
  const region = environment?.split('/').at(-1);
  if (region !== undefined && region !== 'unknown-region') return region;
  throw new CloudAssemblyError(`The stack ${id} has no region of its own: give it a concrete one in its env.`);
}

function assetBytes(directory: string, assets: Artifact | undefined): number {
  if (assets === undefined) return 0;
  const { files } = readJson(directory, assets.properties!.file!) as AssetFiles;
  return Object.values(files).reduce((bytes, { source }) => bytes + sizeOf(resolve(directory, source.path)), 0);
}

function sizeOf(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((bytes, name) => bytes + sizeOf(join(path, name)), 0);
}

const readJson = (directory: string, file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'));
