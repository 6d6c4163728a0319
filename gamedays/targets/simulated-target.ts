import { CAPACITY } from '../../blueprint/capacity';
import type { Configuration } from '../../blueprint/configuration';
import { CUSTOMER_PLANS_KEY, type CustomerPlan } from '../../blueprint/customer-plans';
import { datumResourceName } from '../../blueprint/names';
import { RequestSigner, type ClientPlatform, type RequestAuthorizer, type SignerCredentials } from '../../client';
import { Cloud, INTERNET, internetNear, type Assembly, type AttributeMap, type CloudOptions } from '../../simulator';
import type { FaultStep, OperatorStep, RegionRole } from '../game-day';
import { applyFault, healFault } from '../faults';
import { SimulatedIssuer } from './simulated-issuer';
import { simulatedCaller } from './simulated-caller';
import { deploymentOf, operate } from './simulated-operator';
import { createOperator, redrive, simulatedSwitchPlatform } from './simulated-switch-platform';
import type { ActiveAlarm } from '../result';
import { activeAlarmsOf, recordOf } from './simulated-record';
import { toPlainItem } from './plain-item';
import type { GameDayTarget, OperatorReport, TableItem, TargetRecord } from './target';

/** The trusted back end under which callers sign. */
const CALLER_ROLE = 'game-day-caller';

export interface SimulatedTargetOptions {
  readonly assembly: Assembly;
  readonly configuration: Configuration;
  readonly seed: number;
  /** How long the system has been up when the game day starts. */
  readonly warmUpSeconds: number;
  /** Concurrent executions of the account in a region. @default - what the stage asks for */
  readonly accountConcurrency?: number;
  /** What a person who debugs, or a test, may want of the kernel. @default - nothing */
  readonly debugging?: Pick<CloudOptions, 'traceSink' | 'logSink' | 'drainsAlways' | 'hasOwnRealms'>;
}

/** The embedded cloud as a target. Seconds of the game day are virtual seconds, after the warm-up. */
export class SimulatedTarget implements GameDayTarget {
  readonly cloud: Cloud;
  readonly stage;
  readonly regions;
  readonly routing;
  readonly configuration;
  readonly serviceName: string;
  readonly regionHosts;
  /** What `cdk deploy --outputs-file` would have written. */
  readonly deployment;
  /** The operator's view of this cloud. */
  readonly switchPlatform;
  /** @default - callers sign */
  readonly issuer?: SimulatedIssuer;
  private readonly operator: SignerCredentials;
  private readonly backEnd: RequestSigner;
  private readonly warmUpSeconds: number;
  private readonly assembly: Assembly;

  constructor(options: SimulatedTargetOptions) {
    const { configuration, assembly, seed, debugging, warmUpSeconds, accountConcurrency } = options;
    const { primaryRegion, standbyRegion, witnessRegion, stage, customDomain } = configuration;
    this.warmUpSeconds = warmUpSeconds;
    this.assembly = assembly;
    this.stage = stage;
    this.regions = { primary: primaryRegion, standby: standbyRegion, witness: witnessRegion };
    this.cloud = new Cloud({
      assembly,
      seed,
      accountConcurrency: accountConcurrency ?? CAPACITY[stage].accountConcurrencyMin,
      hostedZones: customDomain === undefined ? {} : { [customDomain.hostedZoneId]: customDomain.zoneName },
      ...debugging,
    });
    this.routing = configuration.routing;
    this.configuration = configuration;
    this.deployment = deploymentOf(this.cloud, stage, [primaryRegion, standbyRegion]);
    this.serviceName = this.deployment.serviceName;
    this.regionHosts = Object.fromEntries(
      this.deployment.regions.map(({ region, publicHost }) => [region, publicHost]),
    );
    this.operator = createOperator(this.cloud, this.deployment);
    this.switchPlatform = simulatedSwitchPlatform(this.cloud, this.operator);
    this.backEnd = new RequestSigner(this.cloud.createCaller(CALLER_ROLE));
    if (configuration.jwt !== undefined) this.issuer = new SimulatedIssuer(this.cloud, configuration.jwt);
  }

  caller(name: string, near?: RegionRole, dnsPinSeconds?: number): ClientPlatform {
    const place = near === undefined ? INTERNET : internetNear(this.regions[near]);
    return simulatedCaller(this.cloud, this.random(name), place, dnsPinSeconds);
  }

  authorizerOf(customerId: string): RequestAuthorizer {
    return this.issuer?.bearerOf(customerId) ?? this.backEnd;
  }

  random(concern: string): () => number {
    const stream = this.cloud.kernel.random(`game-day/${concern}`);
    return () => stream.next();
  }

  nowSeconds(): number {
    return this.cloud.kernel.nowUs / 1e6 - this.warmUpSeconds;
  }

  epochMsAt(seconds: number): number {
    return this.cloud.kernel.startEpochMs + Math.round((this.warmUpSeconds + seconds) * 1000);
  }

  async advanceTo(seconds: number): Promise<void> {
    await this.cloud.runUntil(this.warmUpSeconds + seconds);
  }

  agreePlans(customerIds: readonly string[], plan: CustomerPlan): void {
    const table = { region: this.regions.primary, tableName: datumResourceName(this.stage, 'customer-plans') };
    for (const customerId of customerIds) {
      const item = { [CUSTOMER_PLANS_KEY]: customerId, plan };
      this.switchPlatform.writeItem(table, item).catch((error: unknown) => this.fail(error));
    }
  }

  apply(step: FaultStep): void {
    applyFault(this, step);
  }

  heal(step: FaultStep): void {
    healFault(this, step);
  }

  operate(step: OperatorStep): Promise<OperatorReport> {
    const startRedrive = (region: string): Promise<void> => redrive(this.cloud, this.operator, this.stage, region);
    return operate({ ...this.switchPlatform, startRedrive }, this.deployment, step, this.regions);
  }

  async readOrders(region: string): Promise<readonly TableItem[]> {
    return this.readTable(datumResourceName(this.stage, 'orders'), region, (item) => item.status !== undefined);
  }

  async readLedgers(): Promise<readonly TableItem[]> {
    return this.readTable(datumResourceName(this.stage, 'payment-ledger'), this.regions.witness);
  }

  async readAuditRecords(): Promise<readonly TableItem[]> {
    const { primary, standby } = this.regions;
    return [primary, standby].flatMap((region) => this.readTable(datumResourceName(this.stage, 'audit'), region));
  }

  activeAlarms(): readonly ActiveAlarm[] {
    return activeAlarmsOf(this.cloud, this.stage);
  }

  pending(): string | undefined {
    const { primary, standby } = this.regions;
    for (const region of [primary, standby]) {
      const work = this.messages(region, 'work').length;
      if (work > 0) return `${work} messages are in the work queue of ${region}`;
      const open = this.readTable(
        datumResourceName(this.stage, 'orders'),
        region,
        ({ status }) => status?.S === 'PENDING',
      );
      if (open.length > 0)
        return `${open.length} orders are still open in ${region}, such as ${String(open[0]!.orderId)}`;
    }
    return this.cloud.dynamoDb.hasPendingReplication();
  }

  fail(error: unknown): void {
    this.cloud.kernel.fail(error);
  }

  record(): TargetRecord {
    const { primary, standby } = this.regions;
    const deadLetters = [primary, standby].flatMap((region) =>
      this.messages(region, 'work-dead-letters').map((message) => `${region}: ${message.body}`),
    );
    return recordOf(this.cloud, {
      stage: this.stage,
      regions: this.regions,
      startSeconds: this.warmUpSeconds,
      deadLetters,
      assembly: this.assembly,
    });
  }

  private messages(region: string, queue: 'work' | 'work-dead-letters'): readonly { readonly body: string }[] {
    const name = datumResourceName(this.stage, queue);
    return [...this.cloud.sqs.messages(`arn:aws:sqs:${region}:${this.cloud.accountId}:${name}`)];
  }

  /** @param isWanted @default - all items are */
  private readTable(tableName: string, region: string, isWanted?: (item: AttributeMap) => boolean): TableItem[] {
    const items = [...this.cloud.dynamoDb.items(tableName, region)];
    return (isWanted === undefined ? items : items.filter(isWanted)).map(toPlainItem);
  }
}
