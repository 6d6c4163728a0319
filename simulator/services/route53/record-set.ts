import { AwsFault, type JsonObject } from '../aws-service';
import { ResourceProperties } from '../resource-properties';

export const RECORD_TYPES = ['CNAME', 'TXT'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** One record set: the values of a name and type, one of several when it has a set identifier. */
export interface RecordSet {
  /** In lower case, without the final dot. */
  readonly name: string;
  readonly type: RecordType;
  readonly ttlSeconds: number;
  /** Host names without the final dot, or texts without their quotes. */
  readonly values: readonly string[];
  readonly failover?: { readonly role: 'PRIMARY' | 'SECONDARY'; readonly setIdentifier: string };
  readonly healthCheckId?: string;
}

const KNOWN = {
  modelled: [
    'Failover',
    'HealthCheckId',
    'HostedZoneId',
    'HostedZoneName',
    'Name',
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

/**
 * Reads the resolved properties of an `AWS::Route53::RecordSet`.
 *
 * @throws NotModelled for alias records, routing other than simple and failover, wildcards and types other than CNAME
 *   and TXT; AwsFault for what Route 53 would not accept
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
  const values = reader.strings('ResourceRecords');
  if (values.length === 0 || (type === 'CNAME' && values.length > 1)) {
    throw reader.invalid('ResourceRecords', values.length, type === 'CNAME' ? 'one name' : 'at least one text');
  }
  const ttlSeconds = reader.number('TTL');
  const setIdentifier = reader.optionalString('SetIdentifier');
  const healthCheckId = reader.optionalString('HealthCheckId');
  const hostedZoneId = reader.optionalString('HostedZoneId');
  const hostedZoneName = reader.optionalString('HostedZoneName');
  const role = reader.has('Failover') ? reader.oneOf('Failover', ['PRIMARY', 'SECONDARY']) : undefined;
  if ((role === undefined) !== (setIdentifier === undefined)) {
    throw new AwsFault('InvalidInput', `Record ${name} ${type}: a routing policy and SetIdentifier go together.`);
  }
  if (role === undefined && healthCheckId !== undefined) {
    throw reader.notModelled(
      'HealthCheckId',
      'A single record is answered whatever its check says; use failover routing.',
    );
  }
  return {
    recordSet: {
      name,
      type,
      ttlSeconds,
      values: values.map((value) => (type === 'CNAME' ? normalizeName(value) : unquote(value))),
      ...(role === undefined || setIdentifier === undefined ? {} : { failover: { role, setIdentifier } }),
      ...(healthCheckId === undefined ? {} : { healthCheckId }),
    },
    ...(hostedZoneId === undefined ? {} : { hostedZoneId }),
    ...(hostedZoneName === undefined ? {} : { hostedZoneName: normalizeName(hostedZoneName) }),
  };
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
