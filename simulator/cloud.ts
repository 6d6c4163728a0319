import type { Assembly } from './assembly/assembly';
import { Deployment } from './assembly/deployment';
import { RESOURCE_TYPES } from './assembly/resource-types';
import type { CloudParts, InvokePermission } from './cloud-parts';
import { Kernel } from './kernel/kernel';
import type { HttpRequest, HttpResponse } from './network/http-message';
import { INTERNET } from './network/latency';
import { Network } from './network/network';
import { AwsJsonEndpoint } from './services/aws-json-endpoint';
import { listenForControlCalls } from './services/control-plane';
import type { CustomDomains } from './services/apigateway/custom-domains';
import type { HttpApi } from './services/apigateway/http-api';
import { KeySets } from './services/apigateway/json-web-token';
import type { JwtAuthorizer } from './services/apigateway/jwt-authorizer';
import type { AwsJsonService, Json } from './services/aws-service';
import { alarmNotification, alarmStateChange, CloudWatch, type AlarmEvent } from './services/cloudwatch';
import { DynamoDb } from './services/dynamodb';
import { EventBridge } from './services/events';
import { Iam, type Credentials } from './services/iam/iam';
import { Lambda } from './services/lambda/lambda';
import type { ComputeTime } from './services/lambda/compute-time';
import { Resolver, Route53, type SendProbe } from './services/route53';
import { Sns, SnsEndpoint } from './services/sns';
import { Sqs } from './services/sqs';

export interface CloudOptions {
  readonly assembly: Assembly;
  readonly seed: number;
  /** Lambda's concurrent executions of the account in each region. New accounts have 10. @default 1000 */
  readonly accountConcurrency?: number;
  /** Hosted zones that exist before the deployment and that templates refer to, name by id. @default - none */
  readonly hostedZones?: Readonly<Record<string, string>>;
  /** @default DEFAULT_COMPUTE_TIME */
  readonly computeTime?: ComputeTime;
  /** Drains promises after every event, needed or not: the slow way that must give the same run. @default false */
  readonly drainsAlways?: boolean;
  /** Gives each execution environment a realm of its own: slower, and it must give the same run. @default false */
  readonly hasOwnRealms?: boolean;
  /** Receives each line of the trace, for a person who debugs. @default - lines are only digested */
  readonly traceSink?: (line: string) => void;
  /** Receives each line that a function logs. @default - lines are searched for metrics and dropped */
  readonly logSink?: (functionName: string, region: string, line: string) => void;
}

/** Any account number will do: templates are synthesized without one. */
const ACCOUNT_ID = '123456789012';

/** The embedded cloud: what an assembly would be after its deployment, in virtual time. */
export class Cloud implements CloudParts {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly accountId = ACCOUNT_ID;
  readonly bundles: ReadonlyMap<string, string>;
  readonly hasOwnRealms: boolean;
  readonly iam: Iam;
  readonly lambda: Lambda;
  readonly dynamoDb: DynamoDb;
  readonly sqs: Sqs;
  readonly sns: Sns;
  readonly eventBridge: EventBridge;
  readonly cloudWatch: CloudWatch;
  readonly route53: Route53;
  readonly httpApis = new Map<string, HttpApi>();
  readonly integrations = new Map<string, { functionArn: string; timeoutMs: number }>();
  readonly authorizers = new Map<string, JwtAuthorizer>();
  readonly keySets = new KeySets();
  readonly certificates = new Map<string, readonly string[]>();
  readonly customDomains = new Map<string, CustomDomains>();
  readonly invokePermissions: InvokePermission[] = [];
  readonly deployment: Deployment;
  private readonly regions: readonly string[];
  private readonly pausedReplication = new Set<string>();
  private readonly resolvers = new Map<string, Resolver>();

  /** @throws NotModelled for anything in the assembly that the cloud does not know */
  constructor(options: CloudOptions) {
    const kernel = new Kernel({
      seed: options.seed,
      ...(options.drainsAlways === undefined ? {} : { drainsAlways: options.drainsAlways }),
      ...(options.traceSink === undefined ? {} : { traceSink: options.traceSink }),
    });
    this.kernel = kernel;
    this.bundles = options.assembly.bundles;
    this.hasOwnRealms = options.hasOwnRealms ?? false;
    this.regions = [...new Set(options.assembly.stacks.map((stack) => stack.region))].sort();
    this.network = new Network(kernel, (host, from) => this.resolverOf(from).resolveHost(host)?.host);
    this.iam = new Iam(kernel);
    this.cloudWatch = new CloudWatch(kernel, {
      accountId: ACCOUNT_ID,
      deliver: (arn, event) => this.notify(arn, event),
      onStateChange: (event) => this.tellChange(event),
    });
    this.dynamoDb = new DynamoDb(kernel, {
      accountId: ACCOUNT_ID,
      metrics: this.cloudWatch,
      isOpen: (region, other) => this.network.faults.isOpen(region, other),
    });
    this.sqs = new Sqs(kernel, { accountId: ACCOUNT_ID, metrics: this.cloudWatch });
    this.sns = new Sns(kernel, { accountId: ACCOUNT_ID });
    this.lambda = new Lambda({
      kernel,
      network: this.network,
      iam: this.iam,
      accountId: ACCOUNT_ID,
      metrics: this.cloudWatch,
      onLogLine: (definition, line) => {
        options.logSink?.(definition.functionName, definition.region, line);
        this.cloudWatch.putLogLine(definition.region, line);
      },
      ...(options.accountConcurrency === undefined ? {} : { accountConcurrency: options.accountConcurrency }),
      ...(options.computeTime === undefined ? {} : { computeTime: options.computeTime }),
    });
    this.eventBridge = new EventBridge(kernel, {
      accountId: ACCOUNT_ID,
      invoke: (_region, arn, event) => this.invokeScheduled(arn, event),
    });
    this.route53 = new Route53(kernel, {
      sendProbe: (probe, done) => this.probe(probe, done),
      metrics: this.cloudWatch,
      judgeAlarm: (...question) => this.cloudWatch.judgeAlarmData(...question),
    });
    for (const [id, name] of Object.entries(options.hostedZones ?? {})) {
      this.route53.createHostedZone(id, { Name: name });
    }
    this.listen('dynamodb', 'com.amazonaws.dynamodb.v20120810', this.dynamoDb);
    this.listen('sqs', 'com.amazonaws.sqs', this.sqs);
    for (const region of this.regions) {
      this.network.listen(`sns.${region}.amazonaws.com`, new SnsEndpoint(kernel, this.iam, this.sns, region));
    }
    listenForControlCalls(kernel, this.network, this.regions);
    this.deployment = new Deployment(options.assembly, this, RESOURCE_TYPES);
  }

  /** Lets virtual time run until that many seconds after the start. */
  async runUntil(seconds: number): Promise<void> {
    await this.kernel.runUntil(Math.round(seconds * 1_000_000));
  }

  /** An identity that may call every API, as a caller outside the system has it. */
  createCaller(name: string): Credentials {
    const arn = `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;
    this.iam.addPrincipal(arn);
    this.iam.attachPolicy(arn, {
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }],
    });
    return this.iam.credentialsOf(arn);
  }

  /**
   * A DNS cache of one client.
   * @param place where the client is: latency routing answers by it
   * @param pinSeconds how long it keeps an answer at least
   */
  createResolver(place: string = INTERNET, pinSeconds = 0): Resolver {
    return new Resolver(this.kernel, { answer: (name, type) => this.route53.answer(name, type, place), pinSeconds });
  }

  /** Resolves after that time: for callers outside every region. */
  sleep(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.kernel.after(durationMs * 1000, () => {
        this.kernel.entersAsyncCode();
        resolve();
      });
    });
  }

  /** Sends a request from outside every region, or from another place; undefined when no answer came in time. */
  request(request: HttpRequest, timeoutMs: number, place: string = INTERNET): Promise<HttpResponse | undefined> {
    return new Promise((resolve) => {
      const timer = this.kernel.after(timeoutMs * 1000, () => {
        this.kernel.entersAsyncCode();
        exchange.abort();
        resolve(undefined);
      });
      const exchange = this.network.send(place, request, {
        onResponse: (response) => {
          this.kernel.entersAsyncCode();
          this.kernel.cancel(timer);
          resolve(response);
        },
      });
    });
  }

  /** Nothing crosses the border of the region any more, replication included; inside it everything goes on. */
  isolateRegion(region: string): void {
    this.network.faults.isolate(region);
    this.alignReplication();
  }

  rejoinRegion(region: string): void {
    this.network.faults.rejoin(region);
    this.alignReplication();
  }

  /** Nothing passes between the two places any more, replication included; both still reach everybody else. */
  partition(left: string, right: string): void {
    this.network.faults.partition(left, right);
    this.alignReplication();
  }

  repair(left: string, right: string): void {
    this.network.faults.repair(left, right);
    this.alignReplication();
  }

  /**
   * Global tables stop replicating in that direction, although the network is there. A table with strong consistency has
   * no quorum between the two any more.
   * @param tableName @default - all tables
   */
  pauseReplication(from: string, to: string, tableName?: string): void {
    if (tableName !== undefined) return this.dynamoDb.pauseReplication(from, to, tableName);
    this.pausedReplication.add(`${from}>${to}`);
    this.alignReplication();
  }

  resumeReplication(from: string, to: string, tableName?: string): void {
    if (tableName !== undefined) return this.dynamoDb.resumeReplication(from, to, tableName);
    this.pausedReplication.delete(`${from}>${to}`);
    this.alignReplication();
  }

  // Several faults may stop the same replication; it goes on when the last of them is gone.
  private alignReplication(): void {
    for (const from of this.regions) {
      for (const to of this.regions) {
        const isOpen = this.network.faults.isOpen(from, to) && !this.pausedReplication.has(`${from}>${to}`);
        if (isOpen) this.dynamoDb.resumeReplication(from, to);
        else this.dynamoDb.pauseReplication(from, to);
      }
    }
  }

  /** The resolver that everything in a place shares. */
  private resolverOf(place: string): Resolver {
    let resolver = this.resolvers.get(place);
    if (resolver === undefined) {
      resolver = this.createResolver(place);
      this.resolvers.set(place, resolver);
    }
    return resolver;
  }

  private listen(serviceName: string, errorNamespace: string, service: AwsJsonService): void {
    for (const region of this.regions) {
      const endpoint = new AwsJsonEndpoint({
        kernel: this.kernel,
        iam: this.iam,
        service,
        serviceName,
        region,
        errorNamespace,
      });
      this.network.listen(`${serviceName}.${region}.amazonaws.com`, endpoint);
    }
  }

  // A message of a region that is cut off does not reach anybody outside it.
  private notify(actionArn: string, event: AlarmEvent): void {
    if (!this.network.faults.isOpen(event.alarm.region, INTERNET)) return;
    const { subject, message } = alarmNotification(event);
    this.sns.publish(actionArn, subject, message);
  }

  private tellChange(event: AlarmEvent): void {
    const { region } = event.alarm;
    const id = this.kernel.random(`events/id/${region}`).uuid();
    this.eventBridge.publish(region, alarmStateChange(event, id));
  }

  // EventBridge may invoke a function only when the function's policy says so.
  private invokeScheduled(arn: string, event: Json): void {
    const isPermitted = this.invokePermissions.some(
      (permission) => permission.functionArn === arn && permission.principal === 'events.amazonaws.com',
    );
    if (isPermitted) this.lambda.invokeAsync(arn, event);
  }

  private readonly probe: SendProbe = (probe, done) => {
    let isDone = false;
    const finish: typeof done = (outcome) => {
      if (isDone) return;
      isDone = true;
      this.kernel.cancel(timer);
      exchange?.abort();
      done(outcome);
    };
    let timer = this.kernel.after(probe.connectTimeoutMs * 1000, () => finish({ kind: 'connect-timeout' }));
    const request: HttpRequest = {
      method: 'GET',
      host: probe.host,
      port: probe.port,
      path: probe.path,
      headers: { host: probe.host, 'user-agent': 'Amazon-Route53-Health-Check-Service' },
      body: '',
    };
    const listener = {
      onConnect: () => {
        this.kernel.cancel(timer);
        timer = this.kernel.after(probe.responseTimeoutMs * 1000, () => finish({ kind: 'response-timeout' }));
      },
      onResponse: (response: HttpResponse) => finish({ kind: 'status', status: response.status }),
    };
    const exchange = this.network.send(probe.checkerRegion, request, listener, { sender: 'route53' });
  };
}
