import { AwsFault, type JsonObject } from '../aws-service';
import { ResourceProperties } from '../resource-properties';
import { normalizeName, type RecordSet, type RecordType } from './record-set';

/** Record sets of one name and type: one, or a failover pair. */
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
    return this.groups.has(`${name} CNAME`) || this.groups.has(`${name} TXT`);
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
    const otherType = type === 'CNAME' ? 'TXT' : 'CNAME';
    if (this.groups.has(`${name} ${otherType}`)) {
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
    if (recordSet.failover === undefined || other.failover === undefined) {
      throw this.refusal(recordSet, 'exists already, or would mix simple and failover routing');
    }
    if (recordSet.failover.role === other.failover.role) {
      throw this.refusal(recordSet, `would be the second ${recordSet.failover.role}`);
    }
    if (recordSet.failover.setIdentifier === other.failover.setIdentifier) {
      throw this.refusal(recordSet, `repeats the set identifier ${recordSet.failover.setIdentifier}`);
    }
  }

  private refusal({ name, type }: RecordSet, why: string): AwsFault {
    return new AwsFault('InvalidChangeBatch', `RRSet of type ${type} with DNS name ${name} ${why}.`);
  }
}

/**
 * Chooses the record set that answers. A record without a check is always healthy; when neither of a pair is, the
 * primary answers. An answer is given even if nothing is healthy.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
 */
export function chooseRecordSet(group: RecordGroup, isHealthy: (healthCheckId: string) => boolean): RecordSet {
  const [only] = group.recordSets;
  const primary = group.recordSets.find(({ failover }) => failover?.role === 'PRIMARY');
  const secondary = group.recordSets.find(({ failover }) => failover?.role === 'SECONDARY');
  if (primary === undefined || secondary === undefined) return only!;
  const works = ({ healthCheckId }: RecordSet): boolean => healthCheckId === undefined || isHealthy(healthCheckId);
  return !works(primary) && works(secondary) ? secondary : primary;
}
