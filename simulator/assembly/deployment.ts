import { NotModelled, SimulatorDefect } from '../kernel/errors';
import type { CloudParts } from '../cloud-parts';
import type { Json, JsonObject } from '../services/aws-service';
import type { Assembly, Stack, TemplateResource } from './assembly';
import { resolveCondition, resolveIntrinsics, type ResolutionScope } from './intrinsic-functions';
import type { Resource, ResourceType } from './resource-type';

/** Attributes of a resource beside its properties that change nothing at run time. */
const HARMLESS_ATTRIBUTES = new Set([
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
]);

/**
 * Puts an assembly into the embedded cloud. Resources of one type are provisioned in all stacks before those of the
 * next, since a global table stands in one stack and serves functions of all others.
 */
export class Deployment {
  private readonly types = new Map<string, ResourceType>();
  private readonly resolved = new Map<string, Resource>();
  private readonly scope: ResolutionScope;

  constructor(
    private readonly assembly: Assembly,
    private readonly cloud: CloudParts,
    resourceTypes: readonly ResourceType[],
  ) {
    for (const type of resourceTypes) this.types.set(type.type, type);
    this.scope = {
      accountId: cloud.accountId,
      ref: (stack, logicalId) => this.typeOf(stack, logicalId).ref(this.resource(stack, logicalId)),
      attribute: (stack, logicalId, attribute) => this.attribute(stack, logicalId, attribute),
      stackOutput: (stackName, outputName, region) => this.output(stackName, outputName, region),
      importValue: (name, region) => this.importValue(name, region),
    };
    this.refuseUnknownResources();
    for (const type of resourceTypes) this.provisionAll(type);
  }

  /** The value of a stack's output. @throws SimulatorDefect when there is no such stack or output */
  output(stackName: string, outputName: string, region?: string): Json {
    const stack = this.assembly.stacks.find(
      (candidate) => candidate.stackName === stackName && (region === undefined || candidate.region === region),
    );
    const output = stack?.template.Outputs?.[outputName];
    if (stack === undefined || output === undefined) {
      throw new SimulatorDefect(`Stack ${stackName} in ${region ?? 'any region'} has no output ${outputName}.`);
    }
    return resolveIntrinsics(output.Value, stack, this.scope);
  }

  /** The stack and logical id of the resource whose `Ref` is this value, for a person to read; the value itself if none. */
  nameOf(reference: string): string {
    for (const resource of this.resolved.values()) {
      const type = this.types.get(this.declaredType(resource))!;
      if (type.ref(resource) === reference) return `${resource.stackName}/${resource.logicalId}`;
    }
    return reference;
  }

  private declaredType(resource: Resource): string {
    return this.stackOf(resource).template.Resources[resource.logicalId]!.Type;
  }

  private stackOf({ stackName, region }: Resource): Stack {
    return this.assembly.stacks.find((one) => one.stackName === stackName && one.region === region)!;
  }

  private refuseUnknownResources(): void {
    this.eachResource((stack, logicalId, resource) => {
      if (!this.types.has(resource.Type)) {
        throw new NotModelled(
          `Resource type ${resource.Type} (${stack.stackName}/${logicalId})`,
          'Add it to simulator/assembly/resource-types or leave it out of the app.',
        );
      }
      for (const attribute of Object.keys(resource)) {
        if (!HARMLESS_ATTRIBUTES.has(attribute)) {
          throw new NotModelled(
            `Attribute ${attribute} of ${stack.stackName}/${logicalId}`,
            'Model it or leave it out.',
          );
        }
      }
    });
  }

  private provisionAll(type: ResourceType): void {
    const resources: Resource[] = [];
    this.eachResource((stack, logicalId, declared) => {
      if (declared.Type === type.type) resources.push(this.resource(stack, logicalId));
    });
    const { order, provision } = type;
    if (order !== undefined) resources.sort((left, right) => order(left) - order(right));
    for (const resource of resources) {
      const afterSeconds = this.creationStartSeconds(this.stackOf(resource), resource.logicalId);
      if (afterSeconds === 0) provision?.(resource, this.cloud);
      else this.cloud.kernel.after(afterSeconds * 1e6, () => provision?.(resource, this.cloud));
    }
  }

  /** How long after the deployment's start a resource is created: when all that its `DependsOn` names has been. */
  private creationStartSeconds(stack: Stack, logicalId: string): number {
    const { DependsOn = [] } = stack.template.Resources[logicalId]!;
    const finished = [DependsOn].flat().map((id) => {
      const { creationSeconds = 0 } = this.typeOf(stack, id);
      return this.creationStartSeconds(stack, id) + creationSeconds;
    });
    return Math.max(0, ...finished);
  }

  private eachResource(visit: (stack: Stack, logicalId: string, resource: TemplateResource) => void): void {
    for (const stack of this.assembly.stacks) {
      for (const [logicalId, resource] of Object.entries(stack.template.Resources)) {
        if (resource.Condition !== undefined && !resolveCondition(resource.Condition, stack, this.scope)) continue;
        visit(stack, logicalId, resource);
      }
    }
  }

  private resource(stack: Stack, logicalId: string): Resource {
    const key = `${stack.stackName}|${stack.region}|${logicalId}`;
    let resource = this.resolved.get(key);
    if (resource === undefined) {
      const type = this.typeOf(stack, logicalId);
      const declared = stack.template.Resources[logicalId]!.Properties ?? {};
      this.refuseUnknownProperties(type, declared, `${stack.stackName}/${logicalId}`);
      resource = {
        stackName: stack.stackName,
        region: stack.region,
        accountId: this.cloud.accountId,
        logicalId,
        properties: resolveIntrinsics(declared, stack, this.scope) as JsonObject,
      };
      this.resolved.set(key, resource);
    }
    return resource;
  }

  private refuseUnknownProperties(type: ResourceType, declared: JsonObject, path: string): void {
    if (type.modelled === undefined) return;
    const known = new Set([...type.modelled, ...(type.harmless ?? [])]);
    for (const property of Object.keys(declared)) {
      if (!known.has(property)) {
        throw new NotModelled(
          `Property ${type.type}.${property} (${path})`,
          'Model it, or add it to the harmless ones with a reason if it changes nothing.',
        );
      }
    }
  }

  private typeOf(stack: Stack, logicalId: string): ResourceType {
    const declared = stack.template.Resources[logicalId];
    const type = declared === undefined ? undefined : this.types.get(declared.Type);
    if (type === undefined)
      throw new NotModelled(`A reference to ${logicalId} in ${stack.stackName}`, 'It names no modelled resource.');
    return type;
  }

  private attribute(stack: Stack, logicalId: string, attribute: string): Json {
    const type = this.typeOf(stack, logicalId);
    const read = type.attributes?.[attribute];
    if (read === undefined) {
      throw new NotModelled(
        `Attribute ${type.type}.${attribute} (${stack.stackName}/${logicalId})`,
        'Add it to the resource type.',
      );
    }
    return read(this.resource(stack, logicalId));
  }

  private importValue(name: string, region: string): Json {
    for (const stack of this.assembly.stacks) {
      if (stack.region !== region) continue;
      for (const output of Object.values(stack.template.Outputs ?? {})) {
        if (output.Export !== undefined && resolveIntrinsics(output.Export.Name, stack, this.scope) === name) {
          return resolveIntrinsics(output.Value, stack, this.scope);
        }
      }
    }
    throw new SimulatorDefect(`No stack in ${region} exports ${name}.`);
  }
}
