import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotModelled } from '../kernel/errors';
import type { Json, JsonObject } from '../services/aws-service';

/** One resource of a template, before its intrinsics are resolved. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly [attribute: string]: unknown;
}

export interface Template {
  readonly Resources: Record<string, TemplateResource>;
  readonly Outputs?: Record<string, { readonly Value: Json; readonly Export?: { readonly Name: Json } }>;
  readonly Parameters?: Record<string, { readonly Default?: Json }>;
  readonly Mappings?: Record<string, Record<string, Record<string, Json>>>;
  readonly Conditions?: Record<string, Json>;
}

export interface Stack {
  readonly stackName: string;
  readonly region: string;
  readonly template: Template;
}

/** What `cdk synth` has written: the templates, and the deployment packages they point at. */
export interface Assembly {
  /** In the order in which they can be deployed. */
  readonly stacks: readonly Stack[];
  /** The entry file of each deployment package by the object key the templates name. */
  readonly bundles: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly artifacts: Record<string, ManifestArtifact>;
}

interface ManifestArtifact {
  readonly type: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly file?: string };
}

/** Reads a cloud assembly. Everything is read here, once: a run opens no file. */
export function readAssembly(directory: string): Assembly {
  const manifest = readJson(directory, 'manifest.json') as Manifest;
  const bundles = new Map<string, string>();
  const stacks: Stack[] = [];
  for (const [name, artifact] of deploymentOrder(manifest)) {
    if (artifact.type === 'cdk:asset-manifest') readAssets(directory, artifact.properties!.file!, bundles);
    if (artifact.type !== 'aws:cloudformation:stack') continue;
    stacks.push({
      stackName: artifact.properties?.stackName ?? name,
      region: regionOf(name, artifact),
      template: readJson(directory, artifact.properties!.templateFile!) as Template,
    });
  }
  return { stacks, bundles };
}

function deploymentOrder(manifest: Manifest): [string, ManifestArtifact][] {
  const ordered = new Map<string, ManifestArtifact>();
  const visit = (name: string): void => {
    const artifact = manifest.artifacts[name];
    if (artifact === undefined || ordered.has(name)) return;
    for (const dependency of artifact.dependencies ?? []) visit(dependency);
    ordered.set(name, artifact);
  };
  for (const name of Object.keys(manifest.artifacts)) visit(name);
  return [...ordered];
}

function regionOf(name: string, artifact: ManifestArtifact): string {
  const region = artifact.environment?.split('/').at(-1);
  if (region === undefined || region === 'unknown-region') {
    throw new NotModelled(`Stack ${name} without a region`, 'Give the stack a concrete region in its env.');
  }
  return region;
}

interface AssetManifest {
  readonly files: Record<
    string,
    {
      readonly source: { readonly path: string; readonly packaging: string };
      readonly destinations: Record<string, { readonly objectKey: string }>;
    }
  >;
}

function readAssets(directory: string, file: string, bundles: Map<string, string>): void {
  const manifest = readJson(directory, file) as AssetManifest;
  for (const asset of Object.values(manifest.files)) {
    if (asset.source.packaging !== 'zip') continue;
    for (const { objectKey } of Object.values(asset.destinations)) {
      if (!bundles.has(objectKey)) {
        bundles.set(objectKey, readFileSync(join(directory, asset.source.path, 'index.js'), 'utf8'));
      }
    }
  }
}

function readJson(directory: string, file: string): unknown {
  return JSON.parse(readFileSync(join(directory, file), 'utf8'));
}
