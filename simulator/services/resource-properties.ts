import { NotModelled } from '../kernel/errors';
import { AwsFault, type Json, type JsonObject } from './aws-service';

/** Which properties of a resource type are known. Whatever is in neither list is refused by name. */
export interface KnownProperties {
  /** Properties whose every accepted value is acted on, or checked by the model. */
  readonly modelled: readonly string[];
  /** Properties that cannot change what a run observes, such as descriptions and tags. */
  readonly harmless: readonly string[];
}

/**
 * Reads the resolved properties of one resource, or of one object within it. Scalars may be strings, as CloudFormation
 * allows (`"60"` for 60, `"true"` for true).
 */
export class ResourceProperties {
  /**
   * @param path what is read, for messages, such as `AWS::CloudWatch::Alarm QueueAge`
   * @throws NotModelled for a property that is in neither list
   */
  constructor(
    private readonly path: string,
    private readonly properties: JsonObject,
    known: KnownProperties,
  ) {
    for (const name of Object.keys(properties)) {
      if (properties[name] === undefined || known.modelled.includes(name) || known.harmless.includes(name)) continue;
      throw new NotModelled(
        `${path}: property ${name}`,
        `Leave it out, or model it; modelled: ${known.modelled.join(', ')}.`,
      );
    }
  }

  has(name: string): boolean {
    return this.properties[name] !== undefined;
  }

  /** @throws AwsFault when the property is missing or not a string */
  string(name: string): string {
    return this.required(name, this.optionalString(name));
  }

  optionalString(name: string): string | undefined {
    const value = this.properties[name];
    if (value === undefined || typeof value === 'string') return value;
    throw this.invalid(name, value, 'a string');
  }

  /** A string out of a list; `NotModelled` when it is another one. */
  oneOf<T extends string>(name: string, modelled: readonly T[]): T {
    const value = this.string(name);
    const found = modelled.find((candidate) => candidate === value);
    if (found === undefined) {
      throw new NotModelled(`${this.path}: ${name} ${JSON.stringify(value)}`, `Use one of ${modelled.join(', ')}.`);
    }
    return found;
  }

  /** @throws AwsFault when the property is missing or not a number */
  number(name: string): number {
    return this.required(name, this.optionalNumber(name));
  }

  optionalNumber(name: string): number | undefined {
    const value = this.properties[name];
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw this.invalid(name, value, 'a number');
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.properties[name];
    if (value === undefined || typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw this.invalid(name, value, 'true or false');
  }

  /** A list of strings; empty when the property is missing. */
  strings(name: string): readonly string[] {
    return this.list(name).map((entry) => {
      if (typeof entry === 'string') return entry;
      throw this.invalid(name, entry, 'a list of strings');
    });
  }

  /** A list of objects, each read with its own lists of known properties; empty when the property is missing. */
  objects(name: string, known: KnownProperties): readonly ResourceProperties[] {
    return this.list(name).map((entry, index) => {
      if (isObject(entry)) return new ResourceProperties(`${this.path}: ${name}[${index}]`, entry, known);
      throw this.invalid(name, entry, 'a list of objects');
    });
  }

  /** @throws AwsFault when the property is missing or not an object */
  object(name: string, known: KnownProperties): ResourceProperties {
    const value = this.properties[name];
    if (!isObject(value)) throw this.invalid(name, value, 'an object');
    return new ResourceProperties(`${this.path}: ${name}`, value, known);
  }

  /** The error AWS answers to a value it does not accept. */
  invalid(name: string, value: Json | undefined, allowed: string): AwsFault {
    return new AwsFault('ValidationError', `${this.path}: ${name} must be ${allowed}, got ${JSON.stringify(value)}.`);
  }

  /** Refuses a value that would change behaviour and is not modelled. */
  notModelled(name: string, nextStep: string): NotModelled {
    return new NotModelled(`${this.path}: ${name} ${JSON.stringify(this.properties[name])}`, nextStep);
  }

  private list(name: string): readonly Json[] {
    const value = this.properties[name];
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    throw this.invalid(name, value, 'a list');
  }

  private required<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw this.invalid(name, undefined, 'given');
    return value;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
