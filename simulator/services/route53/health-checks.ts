import type { Kernel } from '../../kernel/kernel';
import { AwsFault } from '../aws-service';
import type { AlarmState } from '../cloudwatch';
import type { MetricSink } from '../metric-sink';
import type { AlarmCheck, CalculatedCheck, EndpointCheck, HealthCheckDefinition } from './health-check';
import { HealthChecker, type SendProbe } from './health-checker';

/** One change of a check's status, as Route 53 acts on it. */
export interface HealthCheckStatusChange {
  readonly timeUs: number;
  readonly healthCheckId: string;
  readonly healthy: boolean;
}

export interface HealthChecksOptions {
  readonly sendProbe: SendProbe;
  readonly metrics: MetricSink;
  /**
   * What the data of an alarm says at this instant. @param previous what it said before
   * @throws AwsFault when there is no such alarm, or none that a check can follow
   */
  readonly judgeAlarm: (region: string, alarmName: string, previous: AlarmState) => AlarmState;
  /**
   * Checkers of one check in each of its regions. The developer guide says that an endpoint checked every 30 seconds
   * hears about one request every two seconds, so the eight regions of the default list hold about sixteen checkers
   * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html, Request interval).
   * With the three regions AWS asks for at least, that makes six.
   * @default - 2
   */
  readonly checkersPerRegion?: number;
  /**
   * From the moment when the checkers' opinions cross the line until DNS answers and parent checks follow, drawn evenly
   * between the two for each change. AWS publishes no figure: an assumption.
   * @default - 1,000 to 3,000
   */
  readonly propagationDelayMs?: { readonly low: number; readonly high: number };
}

/** The share of checkers that must be exceeded (dns-failover-determining-health-of-endpoints.html). */
const HEALTHY_SHARE = 0.18;

const METRICS_REGION = 'us-east-1';
const MINUTE_US = 60_000_000;

interface CheckRecord {
  definition: HealthCheckDefinition;
  /** What its checkers, or the data of its alarm, say at this instant. */
  opinion: boolean;
  /** Before inversion. New checks are healthy until data says otherwise, so new inverted ones are unhealthy. */
  endpointHealthy: boolean;
  status: boolean;
  readonly checkers: HealthChecker[];
  healthyCheckerCount: number;
  parents: CheckRecord[];
}

/** All health checks and what they think. */
export class HealthChecks {
  readonly statusChanges: HealthCheckStatusChange[] = [];
  private readonly records = new Map<string, CheckRecord>();
  private readonly checkersPerRegion: number;
  private readonly propagation: { readonly low: number; readonly high: number };

  /** @param onChange hears each change of a status, at its instant */
  constructor(
    private readonly kernel: Kernel,
    private readonly options: HealthChecksOptions,
    private readonly onChange: (healthCheckId: string) => void,
  ) {
    this.checkersPerRegion = options.checkersPerRegion ?? 2;
    this.propagation = options.propagationDelayMs ?? { low: 1000, high: 3000 };
  }

  /** Starts a check. The children of a calculated one must exist. */
  start(definition: HealthCheckDefinition): void {
    if (this.records.has(definition.id)) {
      throw new AwsFault('HealthCheckAlreadyExists', `Health check ${definition.id} exists already.`, 409);
    }
    const record: CheckRecord = {
      definition,
      opinion: true,
      endpointHealthy: true,
      status: !definition.inverted,
      checkers: [],
      healthyCheckerCount: 0,
      parents: [],
    };
    if (definition.kind === 'endpoint') this.startCheckers(record, definition);
    else if (definition.kind === 'calculated') this.connectChildren(record, definition);
    else this.followAlarm(record, definition);
    this.records.set(definition.id, record);
    this.publishEveryMinute(record);
  }

  /** Every check as it is now, in the order of creation. */
  list(): readonly HealthCheckDefinition[] {
    return Array.from(this.records.values(), ({ definition }) => definition);
  }

  /**
   * Lets a calculated check count other children from now on. It keeps its id and goes on with what they say at this
   * moment, so a child that knows nothing yet counts as what new checks are.
   * @throws AwsFault when one of them does not exist, or the check counts no others
   */
  replaceChildren(healthCheckId: string, childIds: readonly string[]): void {
    const record = this.recordOf(healthCheckId);
    if (record.definition.kind !== 'calculated') {
      throw new AwsFault('InvalidInput', `Health check ${healthCheckId} is not a calculated one.`);
    }
    const definition = { ...record.definition, childIds };
    const children = this.childrenOf(definition);
    for (const child of this.records.values()) child.parents = child.parents.filter((parent) => parent !== record);
    for (const child of children) child.parents.push(record);
    record.definition = definition;
    this.setEndpointHealthy(record, this.countHealthyChildren(definition) >= definition.healthThreshold);
  }

  /** @throws AwsFault when there is no such check */
  isHealthy(healthCheckId: string): boolean {
    return this.recordOf(healthCheckId).status;
  }

  private recordOf(healthCheckId: string): CheckRecord {
    const record = this.records.get(healthCheckId);
    if (record !== undefined) return record;
    throw new AwsFault('NoSuchHealthCheck', `Health check ${healthCheckId} does not exist.`, 404);
  }

  private startCheckers(record: CheckRecord, check: EndpointCheck): void {
    const random = this.kernel.random(`route53/checkers/${check.id}`);
    const onTurn = (isHealthy: boolean): void => {
      record.healthyCheckerCount += isHealthy ? 1 : -1;
      record.opinion = record.healthyCheckerCount > HEALTHY_SHARE * record.checkers.length;
      this.spread(record);
    };
    for (const region of check.checkerRegions) {
      for (let index = 0; index < this.checkersPerRegion; index++) {
        const checker = new HealthChecker(this.kernel, check, region, this.options.sendProbe, onTurn);
        checker.start(random.below(check.requestIntervalSeconds * 1_000_000));
        record.checkers.push(checker);
      }
    }
    record.healthyCheckerCount = record.checkers.length;
  }

  /**
   * Looks at the data of the alarm every minute, at a moment of its own: not at the state of the alarm, which follows the same
   * data at another moment.
   * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
   */
  private followAlarm(record: CheckRecord, { id, region, alarmName, withoutData }: AlarmCheck): void {
    const { judgeAlarm } = this.options;
    let said: AlarmState = judgeAlarm(region, alarmName, 'INSUFFICIENT_DATA');
    const opinion = (): boolean => {
      if (said !== 'INSUFFICIENT_DATA') return said === 'OK';
      return withoutData === 'LastKnownStatus' ? record.opinion : withoutData === 'Healthy';
    };
    const look = (): void => {
      said = judgeAlarm(region, alarmName, said);
      record.opinion = opinion();
      this.spread(record);
      this.kernel.after(MINUTE_US, look);
    };
    record.opinion = opinion();
    record.endpointHealthy = record.opinion;
    record.status = record.opinion !== record.definition.inverted;
    this.kernel.after(this.kernel.random(`route53/alarm/${id}`).below(MINUTE_US), look);
  }

  private connectChildren(record: CheckRecord, check: CalculatedCheck): void {
    for (const child of this.childrenOf(check)) child.parents.push(record);
    record.endpointHealthy = this.countHealthyChildren(check) >= check.healthThreshold;
    record.status = record.endpointHealthy !== check.inverted;
  }

  private childrenOf({ id, childIds }: CalculatedCheck): readonly CheckRecord[] {
    return childIds.map((childId) => {
      const child = this.recordOf(childId);
      // "You can't configure a calculated health check to monitor the health of other calculated health checks."
      if (child.definition.kind === 'calculated') {
        throw new AwsFault('InvalidInput', `Health check ${id} cannot watch the calculated check ${childId}.`);
      }
      return child;
    });
  }

  private countHealthyChildren(check: CalculatedCheck): number {
    return check.childIds.filter((childId) => this.isHealthy(childId)).length;
  }

  /** Lets a change of opinion travel. What arrives is the opinion of that instant, so the last word stands. */
  private spread(record: CheckRecord): void {
    if (record.opinion === record.endpointHealthy) return;
    const { low, high } = this.propagation;
    const delayMs = this.kernel.random(`route53/propagation/${record.definition.id}`).uniform(low, high);
    this.kernel.after(delayMs * 1000, () => this.setEndpointHealthy(record, record.opinion));
  }

  private setEndpointHealthy(record: CheckRecord, endpointHealthy: boolean): void {
    if (record.endpointHealthy === endpointHealthy) return;
    const { id, inverted } = record.definition;
    record.endpointHealthy = endpointHealthy;
    record.status = endpointHealthy !== inverted;
    this.statusChanges.push({ timeUs: this.kernel.nowUs, healthCheckId: id, healthy: record.status });
    this.kernel.record('route53', 'HealthCheckStatus', `${id} ${record.status ? 'healthy' : 'unhealthy'}`);
    for (const parent of record.parents) {
      const { definition } = parent;
      if (definition.kind !== 'calculated') continue;
      this.setEndpointHealthy(parent, this.countHealthyChildren(definition) >= definition.healthThreshold);
    }
    this.onChange(id);
  }

  /**
   * The metrics of a check, which exist in us-east-1 alone.
   * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html
   */
  private publishEveryMinute(record: CheckRecord): void {
    const { id } = record.definition;
    const shared = { region: METRICS_REGION, namespace: 'AWS/Route53', dimensions: { HealthCheckId: id } };
    const publish = (): void => {
      const { metrics } = this.options;
      const { definition } = record;
      metrics.put({ ...shared, name: 'HealthCheckStatus', value: record.status ? 1 : 0, unit: 'None' });
      if (definition.kind === 'calculated') {
        const value = this.countHealthyChildren(definition);
        metrics.put({ ...shared, name: 'ChildHealthCheckHealthyCount', value, unit: 'Count' });
      } else if (definition.kind === 'endpoint') {
        const value = (100 * record.healthyCheckerCount) / record.checkers.length;
        metrics.put({ ...shared, name: 'HealthCheckPercentageHealthy', value, unit: 'Percent' });
      }
      this.kernel.after(MINUTE_US, publish);
    };
    this.kernel.after(this.kernel.random(`route53/metrics/${id}`).below(MINUTE_US), publish);
  }
}
