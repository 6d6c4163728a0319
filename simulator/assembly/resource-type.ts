import type { JsonObject } from '../services/aws-service';
import type { CloudParts } from '../cloud-parts';

/** One resource of one stack with its properties resolved. */
export interface Resource {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly logicalId: string;
  readonly properties: JsonObject;
}

/**
 * How one CloudFormation resource type stands in the embedded cloud. A property that is neither read nor known to be
 * harmless is refused by name.
 */
export interface ResourceType {
  /** For example `AWS::SQS::Queue`. */
  readonly type: string;
  /** The properties that the model reads. @default - the service itself refuses the properties it does not know */
  readonly modelled?: readonly string[];
  /** The properties that change nothing the models speak of, such as tags. @default - none */
  readonly harmless?: readonly string[];
  /** What `Ref` gives. */
  readonly ref: (resource: Resource) => string;
  /** What `Fn::GetAtt` gives, by attribute. */
  readonly attributes?: Readonly<Record<string, (resource: Resource) => string>>;
  /** Resources of this type with a lower number are provisioned first. @default - in the order of the template */
  readonly order?: (resource: Resource) => number;
  /** How long its creation takes: what depends on it by `DependsOn` comes that much later. @default 0 */
  readonly creationSeconds?: number;
  /** Puts the resource into the cloud. @default - the resource exists as a name only */
  readonly provision?: (resource: Resource, cloud: CloudParts) => void;
}
