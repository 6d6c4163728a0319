import { AwsFault, type JsonObject } from '../aws-service';
import { ResourceProperties } from '../resource-properties';
import { normalizeName, RECORD_TYPES, type RecordSet, type RecordType, type RoutingPolicy } from './record-set';

/** Record sets of one name and type: one, a failover pair, or one a region. */
export interface RecordGroup {
  readonly name: string;
  readonly type: RecordType;
  readonly recordSets: RecordSet[];
}

/** A public zone and its records. */
export class HostedZone {
  private readonly groups = new Map<string, RecordGroup>();

  private constructor(
    readonly id: string,
    readonly name: string,
  ) {}

  /**
   * Reads the resolved properties of an `AWS::Route53::HostedZone`.
   *
   * @throws NotModelled for a private zone
   */
  static read(id: string, properties: JsonObject): HostedZone {
    const reader = new ResourceProperties(`AWS::Route53::HostedZone ${id}`, properties, {
      modelled: ['Name'],
      harmless: ['HostedZoneConfig', 'HostedZoneTags', 'QueryLoggingConfig'],
    });
    return new HostedZone(id, normalizeName(reader.string('Name')));
  }

  /** Whether the zone answers for that name. */
  covers(name: string): boolean {
    return name === this.name || name.endsWith(`.${this.name}`);
  }

  group(name: string, type: RecordType): RecordGroup | undefined {
    return this.groups.get(`${name} ${type}`);
  }

  hasName(name: string): boolean {
    return RECORD_TYPES.some((type) => this.groups.has(`${name} ${type}`));
  }

  /**
   * Adds a record set and gives back the group it is now part of.
   *
   * @throws AwsFault for what Route 53 would not accept beside what is there
   */
  add(recordSet: RecordSet): RecordGroup {
    const { name, type } = recordSet;
    if (!this.covers(name)) throw this.refusal(recordSet, `is not permitted in zone ${this.name}`);
    if (type === 'CNAME' && name === this.name)
      throw this.refusal(recordSet, `is not permitted at apex in zone ${this.name}`);
    const excluded = type === 'CNAME' ? RECORD_TYPES.filter((other) => other !== 'CNAME') : (['CNAME'] as const);
    if (excluded.some((other) => this.groups.has(`${name} ${other}`))) {
      throw this.refusal(
        recordSet,
        `is not permitted as it conflicts with other records with the same DNS name in zone ${this.name}`,
      );
    }
    const existing = this.group(name, type);
    if (existing === undefined) {
      const group = { name, type, recordSets: [recordSet] };
      this.groups.set(`${name} ${type}`, group);
      return group;
    }
    for (const other of existing.recordSets) this.checkBeside(recordSet, other);
    existing.recordSets.push(recordSet);
    return existing;
  }

  private checkBeside(recordSet: RecordSet, other: RecordSet): void {
    const [mine, theirs] = [recordSet.routing, other.routing];
    if (mine === undefined || theirs === undefined) {
      throw this.refusal(recordSet, 'exists already, or would mix simple routing with another policy');
    }
    if (mine.kind !== theirs.kind) throw this.refusal(recordSet, 'would mix failover and latency routing');
    if (recordSet.setIdentifier === other.setIdentifier) {
      throw this.refusal(recordSet, `repeats the set identifier ${recordSet.setIdentifier}`);
    }
    const [myPlace, theirPlace] = [placeOf(mine), placeOf(theirs)];
    if (myPlace === theirPlace) throw this.refusal(recordSet, `would be the second ${myPlace}`);
  }

  private refusal({ name, type }: RecordSet, why: string): AwsFault {
    return new AwsFault('InvalidChangeBatch', `RRSet of type ${type} with DNS name ${name} ${why}.`);
  }
}

/** What no two record sets of a group may share. */
function placeOf(routing: RoutingPolicy): string {
  return routing.kind === 'failover' ? routing.role : routing.region;
}

/** What a choice depends on beside the records. */
export interface Choice {
  readonly isHealthy: (healthCheckId: string) => boolean;
  /** Median round trip from whoever asks to a region, in milliseconds. */
  readonly roundTripMs: (region: string) => number;
}

/**
 * Chooses the record set that answers. A record without a check is always healthy. When none is healthy all are taken to
 * be: the primary of a pair answers, or the nearest region. An answer is given in any case.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
 */
export function chooseRecordSet({ recordSets }: RecordGroup, choice: Choice): RecordSet {
  if (recordSets.length === 1) return recordSets[0]!;
  const healthy = recordSets.filter(
    ({ healthCheckId }) => healthCheckId === undefined || choice.isHealthy(healthCheckId),
  );
  const candidates = healthy.length > 0 ? healthy : recordSets;
  return candidates.reduce((best, other) => (isBetter(other, best, choice) ? other : best));
}

// Equal distances are decided by the region's name, so that every run decides alike.
function isBetter(one: RecordSet, other: RecordSet, { roundTripMs }: Choice): boolean {
  const [mine, theirs] = [one.routing, other.routing];
  if (mine?.kind !== 'latency' || theirs?.kind !== 'latency') {
    return mine?.kind === 'failover' && mine.role === 'PRIMARY';
  }
  const [near, far] = [roundTripMs(mine.region), roundTripMs(theirs.region)];
  return near === far ? mine.region < theirs.region : near < far;
}
