import { AwsFault, type JsonObject } from '../aws-service';
import { ResourceProperties } from '../resource-properties';

export const RECORD_TYPES = ['A', 'CNAME', 'TXT'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** How one of several record sets of a name and type is chosen. */
export type RoutingPolicy =
  | { readonly kind: 'failover'; readonly role: 'PRIMARY' | 'SECONDARY' }
  | { readonly kind: 'latency'; readonly region: string };

/** One record set: the values of a name and type, one of several when it has a set identifier. */
export interface RecordSet {
  /** In lower case, without the final dot. */
  readonly name: string;
  readonly type: RecordType;
  readonly ttlSeconds: number;
  /**
   * Host names without the final dot, or texts without their quotes. Addresses are not modelled: the one value of an A
   * record is the name of the endpoint that listens there.
   */
  readonly values: readonly string[];
  /** Given together with a routing policy. */
  readonly setIdentifier?: string;
  readonly routing?: RoutingPolicy;
  readonly healthCheckId?: string;
}

const KNOWN = {
  modelled: [
    'AliasTarget',
    'Failover',
    'HealthCheckId',
    'HostedZoneId',
    'HostedZoneName',
    'Name',
    'Region',
    'ResourceRecords',
    'SetIdentifier',
    'TTL',
    'Type',
  ],
  harmless: ['Comment'],
};

/** A record set and the zone it asks to be in. */
export interface RecordSetResource {
  readonly recordSet: RecordSet;
  readonly hostedZoneId?: string;
  readonly hostedZoneName?: string;
}

const ALIAS = { modelled: ['DNSName', 'EvaluateTargetHealth', 'HostedZoneId'], harmless: [] };

/**
 * An alias has no TTL of its own. Route 53 gives the one of its target, which for load balancers is a minute; none is
 * published for the domain names of API Gateway, so the same is assumed. Source:
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
 */
const ALIAS_TTL_SECONDS = 60;

/**
 * Reads the resolved properties of an `AWS::Route53::RecordSet`.
 *
 * @throws NotModelled for addresses, routing other than simple, failover and latency, wildcards, types other than A, CNAME
 *   and TXT, and the evaluation of an alias target's health; AwsFault for what Route 53 would not accept
 */
export function readRecordSet(properties: JsonObject): RecordSetResource {
  const reader = new ResourceProperties(
    `AWS::Route53::RecordSet ${JSON.stringify(properties['Name'])}`,
    properties,
    KNOWN,
  );
  const name = normalizeName(reader.string('Name'));
  if (name.includes('*')) throw reader.notModelled('Name', 'Name each host.');
  const type = reader.oneOf('Type', RECORD_TYPES);
  const setIdentifier = reader.optionalString('SetIdentifier');
  const healthCheckId = reader.optionalString('HealthCheckId');
  const hostedZoneId = reader.optionalString('HostedZoneId');
  const hostedZoneName = reader.optionalString('HostedZoneName');
  const routing = readRouting(name, reader);
  if ((routing === undefined) !== (setIdentifier === undefined)) {
    throw new AwsFault('InvalidInput', `Record ${name} ${type}: a routing policy and SetIdentifier go together.`);
  }
  if (routing === undefined && healthCheckId !== undefined) {
    throw reader.notModelled(
      'HealthCheckId',
      'A single record is answered whatever its check says; use failover or latency routing.',
    );
  }
  return {
    recordSet: {
      name,
      type,
      ...(reader.has('AliasTarget') ? readAlias(type, reader) : readValues(type, reader)),
      ...(routing === undefined || setIdentifier === undefined ? {} : { routing, setIdentifier }),
      ...(healthCheckId === undefined ? {} : { healthCheckId }),
    },
    ...(hostedZoneId === undefined ? {} : { hostedZoneId }),
    ...(hostedZoneName === undefined ? {} : { hostedZoneName: normalizeName(hostedZoneName) }),
  };
}

function readRouting(name: string, reader: ResourceProperties): RoutingPolicy | undefined {
  const region = reader.optionalString('Region');
  if (!reader.has('Failover')) return region === undefined ? undefined : { kind: 'latency', region };
  if (region !== undefined) throw new AwsFault('InvalidInput', `Record ${name}: use one of Failover and Region.`);
  return { kind: 'failover', role: reader.oneOf('Failover', ['PRIMARY', 'SECONDARY']) };
}

type Values = Pick<RecordSet, 'ttlSeconds' | 'values'>;

function readValues(type: RecordType, reader: ResourceProperties): Values {
  if (type === 'A') throw reader.notModelled('Type', 'Addresses are not modelled; use an alias.');
  const values = reader.strings('ResourceRecords');
  if (values.length === 0 || (type === 'CNAME' && values.length > 1)) {
    throw reader.invalid('ResourceRecords', values.length, type === 'CNAME' ? 'one name' : 'at least one text');
  }
  return {
    ttlSeconds: reader.number('TTL'),
    values: values.map((value) => (type === 'CNAME' ? normalizeName(value) : unquote(value))),
  };
}

function readAlias(type: RecordType, reader: ResourceProperties): Values {
  if (type !== 'A') throw reader.notModelled('Type', 'An alias is modelled for type A.');
  if (reader.has('TTL')) throw reader.invalid('TTL', reader.number('TTL'), 'left out beside AliasTarget');
  if (reader.has('ResourceRecords')) throw reader.invalid('ResourceRecords', '', 'left out beside AliasTarget');
  const target = reader.object('AliasTarget', ALIAS);
  // AWS tells no more of an API than that the setting needs nothing special for it.
  if (target.optionalBoolean('EvaluateTargetHealth') ?? false) {
    throw target.notModelled('EvaluateTargetHealth', 'What it asks of an API is not documented; use a health check.');
  }
  target.string('HostedZoneId');
  return { ttlSeconds: ALIAS_TTL_SECONDS, values: [normalizeName(target.string('DNSName'))] };
}

/** DNS names do not know upper case, and the final dot is only a way of writing. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** `"one" "two"` in a template is the text `onetwo` to whoever asks. */
function unquote(text: string): string {
  const parts = text.match(/"(?:[^"\\]|\\.)*"/g);
  if (parts === null) throw new AwsFault('InvalidChangeBatch', `The text ${text} must be in double quotes.`);
  return parts.map((part) => part.slice(1, -1).replaceAll(/\\(.)/g, '$1')).join('');
}
