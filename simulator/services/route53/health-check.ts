import { AwsFault, type JsonObject } from '../aws-service';
import { ResourceProperties } from '../resource-properties';

/** A check that asks an endpoint. */
export interface EndpointCheck {
  readonly kind: 'endpoint';
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly tls: boolean;
  /** From the answer (or the time-out) of one request of a checker to the start of its next one. */
  readonly requestIntervalSeconds: number;
  /** How many results in a row turn a checker's opinion. */
  readonly failureThreshold: number;
  /** Where the checkers are. */
  readonly checkerRegions: readonly string[];
  readonly inverted: boolean;
}

/** A check that counts other checks. */
export interface CalculatedCheck {
  readonly kind: 'calculated';
  readonly id: string;
  readonly childIds: readonly string[];
  /** Healthy when at least so many children are; always healthy at 0. */
  readonly healthThreshold: number;
  readonly inverted: boolean;
}

/** A check that follows the data of a CloudWatch alarm. */
export interface AlarmCheck {
  readonly kind: 'alarm';
  readonly id: string;
  /** Where the alarm is. */
  readonly region: string;
  readonly alarmName: string;
  /** What the check is while the data says nothing. */
  readonly withoutData: 'Healthy' | 'Unhealthy' | 'LastKnownStatus';
  readonly inverted: boolean;
}

export type HealthCheckDefinition = EndpointCheck | CalculatedCheck | AlarmCheck;

/**
 * Where checkers are when a template does not say.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html, Regions
 */
const CHECKER_REGIONS = [
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'sa-east-1',
] as const;

const CHECKER_REGION_COUNT_MIN = 3;

/** What says something to each kind of check. */
const PROPERTIES = {
  all: ['Disabled', 'Inverted', 'Type'],
  endpoint: [
    'EnableSNI',
    'FailureThreshold',
    'FullyQualifiedDomainName',
    'MeasureLatency',
    'Port',
    'Regions',
    'RequestInterval',
    'ResourcePath',
  ],
  calculated: ['ChildHealthChecks', 'HealthThreshold'],
  alarm: ['AlarmIdentifier', 'InsufficientDataHealthStatus'],
} as const;

const KIND_OF_TYPE = {
  HTTP: 'endpoint',
  HTTPS: 'endpoint',
  CALCULATED: 'calculated',
  CLOUDWATCH_METRIC: 'alarm',
} as const;
type CheckType = keyof typeof KIND_OF_TYPE;

const CONFIG = { modelled: Object.values(PROPERTIES).flat(), harmless: [] };

/**
 * Reads the resolved properties of an `AWS::Route53::HealthCheck`.
 *
 * @throws NotModelled for types other than HTTP, HTTPS, CALCULATED and CLOUDWATCH_METRIC, for a search string, an IP
 *   address, a disabled check, latency metrics, or what says nothing to a check of its type; AwsFault for what Route 53
 *   would not accept
 */
export function readHealthCheck(id: string, properties: JsonObject): HealthCheckDefinition {
  const path = `AWS::Route53::HealthCheck ${id}`;
  const resource = new ResourceProperties(path, properties, {
    modelled: ['HealthCheckConfig'],
    harmless: ['HealthCheckTags'],
  });
  const config = resource.object('HealthCheckConfig', CONFIG);
  if (config.optionalBoolean('Disabled') ?? false) {
    throw config.notModelled(
      'Disabled',
      'A disabled check counts as healthy; remove it, or use Inverted to force a failover.',
    );
  }
  const inverted = config.optionalBoolean('Inverted') ?? false;
  const type = config.oneOf('Type', Object.keys(KIND_OF_TYPE) as CheckType[]);
  const kind = KIND_OF_TYPE[type];
  const known = new Set<string>([...PROPERTIES.all, ...PROPERTIES[kind]]);
  const idle = CONFIG.modelled.find((name) => config.has(name) && !known.has(name));
  if (idle !== undefined) throw config.notModelled(idle, `It says nothing to a check of type ${type}; leave it out.`);
  if (kind === 'alarm') return readAlarmCheck(id, config, inverted);
  if (kind === 'endpoint') return readEndpointCheck(id, config, type === 'HTTPS', inverted);
  const childIds = config.strings('ChildHealthChecks');
  if (childIds.length === 0 || childIds.length > 255) {
    throw config.invalid('ChildHealthChecks', childIds.length, 'a list of 1 to 255 checks');
  }
  return { kind: 'calculated', id, childIds, healthThreshold: config.number('HealthThreshold'), inverted };
}

/** Defaults: https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
function readAlarmCheck(id: string, config: ResourceProperties, inverted: boolean): AlarmCheck {
  const alarm = config.object('AlarmIdentifier', { modelled: ['Name', 'Region'], harmless: [] });
  const withoutData = config.has('InsufficientDataHealthStatus')
    ? config.oneOf('InsufficientDataHealthStatus', ['Healthy', 'Unhealthy', 'LastKnownStatus'])
    : 'LastKnownStatus';
  const [region, alarmName] = [alarm.string('Region'), alarm.string('Name')];
  return { kind: 'alarm', id, region, alarmName, withoutData, inverted };
}

function readEndpointCheck(id: string, config: ResourceProperties, tls: boolean, inverted: boolean): EndpointCheck {
  if (config.optionalBoolean('MeasureLatency') ?? false) {
    throw config.notModelled('MeasureLatency', 'Its metrics are not modelled; leave it out.');
  }
  if (tls && config.optionalBoolean('EnableSNI') === false) {
    throw config.notModelled('EnableSNI', 'Endpoints are found by their name; leave it out, HTTPS checks send it.');
  }
  const requestIntervalSeconds = config.optionalNumber('RequestInterval') ?? 30;
  if (requestIntervalSeconds !== 10 && requestIntervalSeconds !== 30) {
    throw config.invalid('RequestInterval', requestIntervalSeconds, '10 or 30');
  }
  const failureThreshold = config.optionalNumber('FailureThreshold') ?? 3;
  if (!Number.isInteger(failureThreshold) || failureThreshold < 1 || failureThreshold > 10) {
    throw config.invalid('FailureThreshold', failureThreshold, 'a whole number from 1 to 10');
  }
  const path = config.optionalString('ResourcePath') ?? '/';
  return {
    kind: 'endpoint',
    id,
    host: config.string('FullyQualifiedDomainName'),
    port: config.optionalNumber('Port') ?? (tls ? 443 : 80),
    path: path.startsWith('/') ? path : `/${path}`,
    tls,
    requestIntervalSeconds,
    failureThreshold,
    checkerRegions: readCheckerRegions(id, config),
    inverted,
  };
}

function readCheckerRegions(id: string, config: ResourceProperties): readonly string[] {
  const regions = config.strings('Regions');
  if (regions.length === 0) return CHECKER_REGIONS;
  const unknown = regions.find((region) => !CHECKER_REGIONS.some((known) => known === region));
  if (unknown !== undefined) throw config.invalid('Regions', unknown, `out of ${CHECKER_REGIONS.join(', ')}`);
  if (new Set(regions).size < CHECKER_REGION_COUNT_MIN) {
    throw new AwsFault(
      'InvalidInput',
      `Health check ${id} must have at least ${CHECKER_REGION_COUNT_MIN} checker regions.`,
    );
  }
  return regions;
}
