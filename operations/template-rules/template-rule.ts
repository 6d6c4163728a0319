import type { CloudAssembly, SynthesizedStack, TemplateResource, TemplateValue } from '../cloud-assembly';

/** What is wrong with one resource. */
export interface TemplateFinding {
  readonly rule: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** One sentence: what, and what it should be. */
  readonly text: string;
}

/** Something that templates get wrong and no linter sees. Each has a template that must fail. */
export interface TemplateRule {
  readonly name: string;
  readonly findings: (assembly: CloudAssembly) => readonly TemplateFinding[];
}

/** A resource with where it stands. */
export interface PlacedResource {
  readonly stack: SynthesizedStack;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, TemplateValue>>;
}

/** A rule that looks at the resources of some types, one after the other. */
export function ruleOf(
  name: string,
  types: readonly string[],
  complaints: (resource: PlacedResource, assembly: CloudAssembly) => readonly string[],
): TemplateRule {
  return {
    name,
    findings: (assembly) =>
      resourcesOf(assembly, types).flatMap((resource) =>
        complaints(resource, assembly).map((text) => ({
          rule: name,
          stackName: resource.stack.stackName,
          logicalId: resource.logicalId,
          text,
        })),
      ),
  };
}

/** @param types @default - all of them */
export function resourcesOf({ stacks }: CloudAssembly, types?: readonly string[]): PlacedResource[] {
  return stacks.flatMap((stack) =>
    Object.entries(stack.resources)
      .filter(([, { Type }]) => types === undefined || types.includes(Type))
      .map(([logicalId, resource]: [string, TemplateResource]) => ({
        stack,
        logicalId,
        type: resource.Type,
        properties: resource.Properties ?? {},
      })),
  );
}

/** A value that may be one or several, as a list. */
export const listOf = (value: TemplateValue | undefined): readonly TemplateValue[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly TemplateValue[]) : [value];

export const objectOf = (value: TemplateValue | undefined): Readonly<Record<string, TemplateValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, TemplateValue>>)
    : {};
