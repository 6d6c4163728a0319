import { NotModelled } from '../kernel/errors';
import type { Json, JsonObject } from '../services/aws-service';
import type { Stack } from './assembly';

/** What the resolution of intrinsic functions needs to look up outside the value it resolves. */
export interface ResolutionScope {
  readonly accountId: string;
  readonly ref: (stack: Stack, logicalId: string) => Json;
  readonly attribute: (stack: Stack, logicalId: string, attribute: string) => Json;
  readonly stackOutput: (stackName: string, outputName: string, region: string) => Json;
  readonly importValue: (name: string, region: string) => Json;
}

/** Stands for `AWS::NoValue` until the member that holds it is dropped. */
const NO_VALUE = Symbol('AWS::NoValue');
type Resolved = Json | typeof NO_VALUE;

/** Resolves every intrinsic function in a value of the stack's template. @throws NotModelled for one that is not known */
export function resolveIntrinsics(value: Json, stack: Stack, scope: ResolutionScope): Json {
  const resolved = new Resolver(stack, scope).resolve(value);
  return resolved === NO_VALUE ? null : resolved;
}

/** Decides a condition of the stack's template. */
export function resolveCondition(name: string, stack: Stack, scope: ResolutionScope): boolean {
  return new Resolver(stack, scope).condition(name);
}

class Resolver {
  constructor(
    private readonly stack: Stack,
    private readonly scope: ResolutionScope,
  ) {}

  resolve(value: Json): Resolved {
    if (Array.isArray(value)) return value.map((entry) => this.resolve(entry)).filter((entry) => entry !== NO_VALUE);
    if (typeof value !== 'object' || value === null) return value;
    const [name, ...others] = Object.keys(value);
    if (
      others.length === 0 &&
      name !== undefined &&
      (name === 'Ref' || name.startsWith('Fn::') || name === 'Condition')
    ) {
      return this.call(name, value[name]!);
    }
    const resolved: JsonObject = {};
    for (const [member, inner] of Object.entries(value)) {
      const result = inner === undefined ? NO_VALUE : this.resolve(inner);
      if (result !== NO_VALUE) resolved[member] = result;
    }
    return resolved;
  }

  condition(name: string): boolean {
    const definition = this.stack.template.Conditions?.[name];
    if (definition === undefined) throw new NotModelled(`Condition ${name}`, 'The template does not define it.');
    return this.resolve(definition) === true;
  }

  private call(name: string, argument: Json): Resolved {
    switch (name) {
      case 'Ref':
        return this.ref(String(argument));
      case 'Condition':
        return this.condition(String(argument));
      case 'Fn::GetAtt':
        return this.getAttribute(argument);
      case 'Fn::Join':
        return this.join(argument);
      case 'Fn::Sub':
        return this.substitute(argument);
      case 'Fn::Select':
        return this.select(argument);
      case 'Fn::Split':
        return this.split(argument);
      case 'Fn::If':
        return this.choose(argument);
      case 'Fn::Equals':
        return JSON.stringify(this.list(argument)[0]) === JSON.stringify(this.list(argument)[1]);
      case 'Fn::Not':
        return this.list(argument)[0] !== true;
      case 'Fn::And':
        return this.list(argument).every((entry) => entry === true);
      case 'Fn::Or':
        return this.list(argument).some((entry) => entry === true);
      case 'Fn::FindInMap':
        return this.findInMap(argument);
      case 'Fn::ImportValue':
        return this.scope.importValue(String(this.resolve(argument)), this.stack.region);
      case 'Fn::GetStackOutput':
        return this.stackOutput(argument);
      default:
        throw new NotModelled(
          `Intrinsic function ${name}`,
          `Stack ${this.stack.stackName} uses it; model it or avoid it.`,
        );
    }
  }

  private ref(name: string): Resolved {
    switch (name) {
      case 'AWS::NoValue':
        return NO_VALUE;
      case 'AWS::Region':
        return this.stack.region;
      case 'AWS::AccountId':
        return this.scope.accountId;
      case 'AWS::Partition':
        return 'aws';
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      case 'AWS::StackName':
        return this.stack.stackName;
      default: {
        const parameter = this.stack.template.Parameters?.[name];
        return parameter === undefined ? this.scope.ref(this.stack, name) : (parameter.Default ?? '');
      }
    }
  }

  private getAttribute(argument: Json): Json {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
    return this.scope.attribute(this.stack, logicalId!, attribute.join('.'));
  }

  private join(argument: Json): string {
    const [delimiter, parts] = argument as [string, Json];
    return this.list(parts).map(String).join(delimiter);
  }

  private substitute(argument: Json): string {
    const [text, names] = (typeof argument === 'string' ? [argument, {}] : argument) as [string, JsonObject];
    return text.replace(/\$\{([^}]+)\}/g, (_whole, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      const given = names[name];
      if (given !== undefined) return String(this.resolve(given));
      return String(name.includes('.') && !name.startsWith('AWS::') ? this.getAttribute(name) : this.ref(name));
    });
  }

  private select(argument: Json): Json {
    const [index, values] = argument as [number | string, Json];
    const value = this.list(values)[Number(index)];
    if (value === undefined) throw new NotModelled(`Fn::Select of index ${index}`, 'The list is shorter than that.');
    return value;
  }

  private split(argument: Json): Json {
    const [delimiter, text] = argument as [string, Json];
    return String(this.resolve(text)).split(delimiter);
  }

  private choose(argument: Json): Resolved {
    const [name, whenTrue, whenFalse] = argument as [string, Json, Json];
    return this.resolve(this.condition(name) ? whenTrue : whenFalse);
  }

  private findInMap(argument: Json): Json {
    const [map, first, second] = this.list(argument).map(String) as [string, string, string];
    const value = this.stack.template.Mappings?.[map]?.[first]?.[second];
    if (value === undefined)
      throw new NotModelled(`Fn::FindInMap ${map}.${first}.${second}`, 'The template has no such entry.');
    return value;
  }

  private stackOutput(argument: Json): Json {
    const { StackName, OutputName, Region } = this.resolve(argument) as Record<string, string | undefined>;
    return this.scope.stackOutput(StackName!, OutputName!, Region ?? this.stack.region);
  }

  private list(value: Json): Json[] {
    return this.resolve(value) as Json[];
  }
}
