import type { Kernel } from '../../kernel/kernel';
import { AwsFault, type JsonObject } from '../aws-service';
import { readHealthCheck } from './health-check';
import { HealthChecks, type HealthChecksOptions, type HealthCheckStatusChange } from './health-checks';
import { chooseRecordSet, HostedZone, type RecordGroup } from './hosted-zone';
import { normalizeName, readRecordSet, type RecordType } from './record-set';

/** What the name servers say. */
export interface DnsAnswer {
  /** `REFUSED` when no zone here covers the name; somebody else answers for it. */
  readonly status: 'NOERROR' | 'NXDOMAIN' | 'REFUSED';
  /** Host names or texts; empty when the name exists with another type only. */
  readonly values: readonly string[];
  readonly ttlSeconds: number;
  /** Which record set of a failover pair answered. */
  readonly setIdentifier?: string;
}

/** From that instant on, that record set answered. */
export interface AnswerChange {
  readonly timeUs: number;
  readonly name: string;
  readonly type: RecordType;
  readonly setIdentifier: string;
  readonly values: readonly string[];
}

/**
 * How long resolvers remember that something does not exist: the TTL of the SOA record Route 53 gives a new zone.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html
 */
const NEGATIVE_TTL_SECONDS = 900;

/** Health checks, public zones and the answers that follow from both. A global service: nothing here has a region. */
export class Route53 {
  /** Which record set of each failover pair answered, and since when. */
  readonly answerChanges: AnswerChange[] = [];
  private readonly checks: HealthChecks;
  private readonly zones = new Map<string, HostedZone>();
  private readonly groupsByCheck = new Map<string, RecordGroup[]>();
  private readonly answering = new Map<RecordGroup, string>();

  constructor(
    private readonly kernel: Kernel,
    options: HealthChecksOptions,
  ) {
    this.checks = new HealthChecks(kernel, options, (healthCheckId) => {
      for (const group of this.groupsByCheck.get(healthCheckId) ?? []) this.noteAnswer(group);
    });
  }

  /** Every change of every health check's status, in order of time. */
  get statusChanges(): readonly HealthCheckStatusChange[] {
    return this.checks.statusChanges;
  }

  /** Creates an `AWS::Route53::HealthCheck`; the children of a calculated one must exist. */
  createHealthCheck(id: string, properties: JsonObject): void {
    this.checks.start(readHealthCheck(id, properties));
  }

  /** Creates an `AWS::Route53::HostedZone`. */
  createHostedZone(id: string, properties: JsonObject): void {
    this.zones.set(id, HostedZone.read(id, properties));
  }

  /** Creates an `AWS::Route53::RecordSet`; its zone and its health check must exist. */
  createRecordSet(properties: JsonObject): void {
    const { recordSet, hostedZoneId, hostedZoneName } = readRecordSet(properties);
    const zone = Array.from(this.zones.values()).find(({ id, name }) => id === hostedZoneId || name === hostedZoneName);
    if (zone === undefined) {
      throw new AwsFault('NoSuchHostedZone', `Zone ${hostedZoneId ?? hostedZoneName} does not exist.`, 404);
    }
    if (recordSet.healthCheckId !== undefined) this.checks.isHealthy(recordSet.healthCheckId);
    const group = zone.add(recordSet);
    if (recordSet.failover === undefined) return;
    if (recordSet.healthCheckId !== undefined) {
      const groups = this.groupsByCheck.get(recordSet.healthCheckId) ?? [];
      this.groupsByCheck.set(recordSet.healthCheckId, groups.includes(group) ? groups : [...groups, group]);
    }
    // Until the pair is complete there is nothing to choose from.
    if (group.recordSets.length === 2) this.noteAnswer(group);
  }

  /** @throws AwsFault when there is no such check */
  isHealthy(healthCheckId: string): boolean {
    return this.checks.isHealthy(healthCheckId);
  }

  /** What the name servers answer at this instant. */
  answer(name: string, type: RecordType): DnsAnswer {
    const normalized = normalizeName(name);
    const zone = this.zoneOf(normalized);
    if (zone === undefined) return { status: 'REFUSED', values: [], ttlSeconds: 0 };
    const group = zone.group(normalized, type);
    if (group === undefined) {
      const status = zone.hasName(normalized) ? 'NOERROR' : 'NXDOMAIN';
      return { status, values: [], ttlSeconds: NEGATIVE_TTL_SECONDS };
    }
    const { values, ttlSeconds, failover } = this.choose(group);
    const setIdentifier = failover === undefined ? {} : { setIdentifier: failover.setIdentifier };
    return { status: 'NOERROR', values, ttlSeconds, ...setIdentifier };
  }

  /** The zone with the longest name that covers it. */
  private zoneOf(name: string): HostedZone | undefined {
    let best: HostedZone | undefined;
    for (const zone of this.zones.values()) {
      if (zone.covers(name) && (best === undefined || zone.name.length > best.name.length)) best = zone;
    }
    return best;
  }

  private choose(group: RecordGroup) {
    return chooseRecordSet(group, (healthCheckId) => this.checks.isHealthy(healthCheckId));
  }

  private noteAnswer(group: RecordGroup): void {
    const { name, type, values, failover } = this.choose(group);
    const setIdentifier = failover?.setIdentifier;
    if (setIdentifier === undefined || this.answering.get(group) === setIdentifier) return;
    this.answering.set(group, setIdentifier);
    this.answerChanges.push({ timeUs: this.kernel.nowUs, name, type, setIdentifier, values });
    this.kernel.record('route53', 'Answer', `${name} ${type} ${setIdentifier}`);
  }
}
