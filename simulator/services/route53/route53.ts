import type { Kernel } from '../../kernel/kernel';
import { INTERNET, medianRoundTripMs } from '../../network/latency';
import { AwsFault, type JsonObject } from '../aws-service';
import { readHealthCheck, type HealthCheckDefinition } from './health-check';
import { HealthChecks, type HealthChecksOptions, type HealthCheckStatusChange } from './health-checks';
import { chooseRecordSet, HostedZone, type RecordGroup } from './hosted-zone';
import { normalizeName, readRecordSet, type RecordSet, type RecordType } from './record-set';

/** What the name servers say. */
export interface DnsAnswer {
  /** `REFUSED` when no zone here covers the name; somebody else answers for it. */
  readonly status: 'NOERROR' | 'NXDOMAIN' | 'REFUSED';
  /** Host names or texts; empty when the name exists with another type only. */
  readonly values: readonly string[];
  readonly ttlSeconds: number;
  /** Which record set of several answered. */
  readonly setIdentifier?: string;
}

/** From that instant on, that record set answered. */
export interface AnswerChange {
  readonly timeUs: number;
  readonly name: string;
  readonly type: RecordType;
  readonly setIdentifier: string;
  readonly values: readonly string[];
  /** With latency routing: to whoever asks from this region. @default - the answer is the same everywhere */
  readonly place?: string;
}

/**
 * How long resolvers remember that something does not exist: the TTL of the SOA record Route 53 gives a new zone.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html
 */
const NEGATIVE_TTL_SECONDS = 900;

/** Health checks, public zones and the answers that follow from both. A global service: nothing here has a region. */
export class Route53 {
  /** Which record set of several answered, and since when; with latency routing, in each region that has a record. */
  readonly answerChanges: AnswerChange[] = [];
  private readonly checks: HealthChecks;
  private readonly zones = new Map<string, HostedZone>();
  private readonly groupsByCheck = new Map<string, RecordGroup[]>();
  /** The set identifier that answers now, by name, type and place. */
  private readonly answering = new Map<string, string>();

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

  /** Every health check as it is now, in the order of creation. */
  healthChecks(): readonly HealthCheckDefinition[] {
    return this.checks.list();
  }

  /**
   * Updates `ChildHealthChecks` of a calculated check, which CloudFormation does without interruption
   * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-healthcheck-healthcheckconfig.html).
   */
  replaceChildHealthChecks(healthCheckId: string, childIds: readonly string[]): void {
    this.checks.replaceChildren(healthCheckId, childIds);
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
    if (recordSet.routing === undefined) return;
    if (recordSet.healthCheckId !== undefined) {
      const groups = this.groupsByCheck.get(recordSet.healthCheckId) ?? [];
      this.groupsByCheck.set(recordSet.healthCheckId, groups.includes(group) ? groups : [...groups, group]);
    }
    // Until there are two there is nothing to choose from.
    if (group.recordSets.length >= 2) this.noteAnswer(group);
  }

  /** @throws AwsFault when there is no such check */
  isHealthy(healthCheckId: string): boolean {
    return this.checks.isHealthy(healthCheckId);
  }

  /** What the name servers answer at this instant. @param place where the resolver is: a region, or outside all */
  answer(name: string, type: RecordType, place: string = INTERNET): DnsAnswer {
    const normalized = normalizeName(name);
    const zone = this.zoneOf(normalized);
    if (zone === undefined) return { status: 'REFUSED', values: [], ttlSeconds: 0 };
    const group = zone.group(normalized, type);
    if (group === undefined) {
      const status = zone.hasName(normalized) ? 'NOERROR' : 'NXDOMAIN';
      return { status, values: [], ttlSeconds: NEGATIVE_TTL_SECONDS };
    }
    const { values, ttlSeconds, setIdentifier } = this.choose(group, place);
    return { status: 'NOERROR', values, ttlSeconds, ...(setIdentifier === undefined ? {} : { setIdentifier }) };
  }

  /** The zone with the longest name that covers it. */
  private zoneOf(name: string): HostedZone | undefined {
    let best: HostedZone | undefined;
    for (const zone of this.zones.values()) {
      if (zone.covers(name) && (best === undefined || zone.name.length > best.name.length)) best = zone;
    }
    return best;
  }

  private choose(group: RecordGroup, place: string): RecordSet {
    return chooseRecordSet(group, {
      isHealthy: (healthCheckId) => this.checks.isHealthy(healthCheckId),
      roundTripMs: (region) => medianRoundTripMs(place, region),
    });
  }

  private noteAnswer(group: RecordGroup): void {
    for (const { routing } of group.recordSets) {
      const place = routing?.kind === 'latency' ? routing.region : undefined;
      this.noteAnswerAt(group, place);
    }
  }

  private noteAnswerAt(group: RecordGroup, place: string | undefined): void {
    const { name, type } = group;
    const { values, setIdentifier } = this.choose(group, place ?? INTERNET);
    const key = `${name} ${type}${place === undefined ? '' : ` in ${place}`}`;
    if (setIdentifier === undefined || this.answering.get(key) === setIdentifier) return;
    this.answering.set(key, setIdentifier);
    const where = place === undefined ? {} : { place };
    this.answerChanges.push({ timeUs: this.kernel.nowUs, name, type, setIdentifier, values, ...where });
    this.kernel.record('route53', 'Answer', `${key} ${setIdentifier}`);
  }
}
