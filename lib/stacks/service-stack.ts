import { ArnFormat, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { CAPACITY } from '../../blueprint/capacity';
import { identityOf, type Configuration } from '../../blueprint/configuration';
import { ORDER_RETENTION_SECONDS } from '../../blueprint/data';
import { publishesZeros } from '../../blueprint/footprints';
import { LOAD_SHEDDING, parseLoadShedding } from '../../blueprint/load-shedding';
import { apiName, AUDIT_KEY, datumResourceName, REGIONAL_STATE_KEY } from '../../blueprint/names';
import { PUBLIC_ROUTES } from '../../blueprint/order-api';
import {
  CUSTOMER_ORDERS_INDEX,
  DECIDED_ORDERS_INDEX,
  NOBODYS_ORDER_ID,
  OPEN_ORDERS_INDEX,
} from '../../blueprint/orders';
import type { ServiceName } from '../../blueprint/services';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { HttpServiceApi } from '../constructs/http-service-api';
import { RegionDomains } from '../constructs/region-domains';
import { ServiceFunction } from '../constructs/service-function';
import { SingleRegionTable } from '../constructs/single-region-table';
import { tableArn } from '../table-arn';
import { WorkQueue } from '../constructs/work-queue';
import type { WitnessStack } from './witness-stack';

export interface ServiceStackProps extends StackProps {
  readonly configuration: Configuration;
  /** The other serving region. */
  readonly peerRegion: string;
  readonly witness: WitnessStack;
}

/**
 * One serving region: everything it needs to take, decide and tell about orders while the other region does not exist.
 * Both regions are this class with other props, and a test compares their templates.
 */
export class ServiceStack extends Stack {
  readonly publicApi: HttpServiceApi;
  readonly healthApi: HttpServiceApi;
  /** @default - no custom domain is configured */
  readonly domains?: RegionDomains;
  /** Where this region's public API is reached, whatever DNS says of the shared name. */
  readonly publicHost: string;
  readonly healthHost: string;
  private readonly props: ServiceStackProps;
  readonly workQueue: WorkQueue;
  private readonly ordersTableArn: string;
  private readonly state: SingleRegionTable;
  private readonly audit: SingleRegionTable;
  /** How this region regulates its load, as text: the same for everything that does. */
  private readonly loadShedding: string;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    this.props = props;
    const { stage } = props.configuration;
    this.ordersTableArn = tableArn(this, stage, 'orders');
    this.workQueue = new WorkQueue(this, 'WorkQueue', { stage });
    this.state = new SingleRegionTable(this, 'RegionalState', {
      stage,
      datum: 'regional-state',
      partitionKey: REGIONAL_STATE_KEY,
    });
    this.audit = new SingleRegionTable(this, 'Audit', { stage, datum: 'audit', partitionKey: AUDIT_KEY });
    this.loadShedding = JSON.stringify(LOAD_SHEDDING[stage]);
    parseLoadShedding(this.loadShedding);
    this.publicApi = this.addFrontEnd();
    this.healthApi = this.addHealth();
    this.addFulfilment();
    this.addSweeper();
    const settings = props.configuration.customDomain;
    if (settings !== undefined) {
      const { region, publicApi, healthApi } = this;
      this.domains = new RegionDomains(this, 'Domains', { settings, region, publicApi, healthApi });
    }
    this.publicHost = this.domains?.own.domainName ?? this.publicApi.host;
    this.healthHost = this.domains?.health.domainName ?? this.healthApi.host;
    this.addOutputs();
  }

  /** What the commands of the person who runs it read from the file that a deployment writes. */
  private addOutputs(): void {
    new CfnOutput(this, 'PublicHost', { value: this.publicHost });
    new CfnOutput(this, 'HealthHost', { value: this.healthHost });
    new CfnOutput(this, 'HealthPath', { value: this.props.configuration.healthPath });
    new CfnOutput(this, 'WorkQueueUrl', { value: this.workQueue.queue.queueUrl });
    new CfnOutput(this, 'LoadShedding', { value: this.loadShedding });
  }

  /** What an identity must be allowed to invoke to look at an order here, from whichever region. */
  get ordersRouteArn(): string {
    return this.formatArn({
      service: 'execute-api',
      resource: this.publicApi.api.apiId,
      resourceName: `$default/GET/orders/${NOBODYS_ORDER_ID}`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }

  private indexArn({ name }: { readonly name: string }): string {
    return `${this.ordersTableArn}/index/${name}`;
  }

  private service(id: string, service: ServiceName, environment: Record<string, string> = {}): ServiceFunction {
    const { stage, consistency } = this.props.configuration;
    return new ServiceFunction(this, id, {
      stage,
      service,
      environment: {
        ORDERS_TABLE: datumResourceName(stage, 'orders'),
        ORDER_RETENTION_SECONDS: String(ORDER_RETENTION_SECONDS),
        CONSISTENCY: consistency,
        ...environment,
      },
    });
  }

  private addFrontEnd(): HttpServiceApi {
    const { stage } = this.props.configuration;
    const intake = this.service('Intake', 'intake', {
      WORK_QUEUE_URL: this.workQueue.queue.queueUrl,
      PLANS_TABLE: datumResourceName(stage, 'customer-plans'),
      ...this.identityEnvironment(),
      ...this.regulationEnvironment(),
    });
    intake.allow(['dynamodb:PutItem'], [this.ordersTableArn]);
    intake.allow(['dynamodb:GetItem'], [tableArn(this, stage, 'customer-plans')]);
    intake.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [this.state.tableArn]);
    intake.allow(['sqs:SendMessage'], [this.workQueue.queue.queueArn]);
    const query = this.service('Query', 'query', {
      PEER_REGION: this.props.peerRegion,
      AUDIT_TABLE: this.audit.tableName,
      ...this.identityEnvironment(),
    });
    query.allow(['dynamodb:PutItem'], [this.audit.tableArn]);
    query.allow(['dynamodb:Query'], [this.ordersTableArn, this.indexArn(CUSTOMER_ORDERS_INDEX)]);
    query.allow(['dynamodb:BatchGetItem'], [this.ordersTableArn]);
    const { jwt } = this.props.configuration;
    return new HttpServiceApi(this, 'PublicApi', {
      apiName: apiName(stage, 'public'),
      description: 'Orders.',
      ...(jwt === undefined
        ? {}
        : { authorizer: new HttpJwtAuthorizer('Jwt', jwt.issuer, { jwtAudience: [...jwt.audience] }) }),
      accessLogStage: stage,
      answersOnGeneratedHost: this.props.configuration.customDomain === undefined,
      routes: PUBLIC_ROUTES.map(({ method, path, service, throttle }) => ({
        method: HttpMethod[method],
        path,
        handler: { intake, query }[service].function,
        throttle: CAPACITY[stage].routeThrottles[throttle],
      })),
    });
  }

  /** How the public functions know whose orders a request is about. */
  private identityEnvironment(): Record<string, string> {
    const { configuration } = this.props;
    const IDENTITY = identityOf(configuration);
    return IDENTITY === 'iam' ? { IDENTITY, TRUSTED_CALLERS: configuration.trustedCallers } : { IDENTITY };
  }

  /** Health has an API and a function of its own, so that a flood of orders cannot make the region look dead. */
  private addHealth(): HttpServiceApi {
    const { stage, healthPath } = this.props.configuration;
    const health = this.service('Health', 'health', { STATE_TABLE: this.state.tableName });
    health.allow(['dynamodb:GetItem'], [this.ordersTableArn, this.state.tableArn]);
    const get = (path: string) => ({
      method: HttpMethod.GET,
      path: `/${healthPath}/${path}`,
      handler: health.function,
    });
    return new HttpServiceApi(this, 'HealthApi', {
      apiName: apiName(stage, 'health'),
      description: "What Route 53's health checkers ask. Not signed: they cannot.",
      routes: [get('live'), get('ready'), get('switch/{region}')],
      authorizer: new HttpNoneAuthorizer(),
      answersOnGeneratedHost: this.props.configuration.customDomain === undefined,
    });
  }

  private addFulfilment(): void {
    const fulfilment = this.service('Fulfilment', 'fulfilment', {
      WORK_QUEUE_URL: this.workQueue.queue.queueUrl,
      AUDIT_TABLE: this.audit.tableName,
      ...this.regulationEnvironment(),
      ...this.paymentsEnvironment(),
    });
    fulfilment.allow(['dynamodb:PutItem'], [this.audit.tableArn]);
    fulfilment.allow(['dynamodb:UpdateItem'], [this.ordersTableArn]);
    fulfilment.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [this.state.tableArn]);
    fulfilment.allow(['execute-api:Invoke'], [this.paymentsArn('charges'), this.paymentsArn('voids')]);
    // The poller receives and deletes in the function's name; the function itself gives messages back.
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    fulfilment.allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      [this.workQueue.queue.queueArn],
    );
    new EventSourceMapping(this, 'WorkSource', {
      target: fulfilment.function,
      eventSourceArn: this.workQueue.queue.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: CAPACITY[this.props.configuration.stage].workers,
    });
  }

  private addSweeper(): void {
    const sweeper = this.service('Sweeper', 'sweeper', {
      PEER_REGION: this.props.peerRegion,
      AUDIT_TABLE: this.audit.tableName,
      PUBLISHES_ZEROS: publishesZeros(this.props.configuration) ? 'yes' : 'no',
      ...this.paymentsEnvironment(),
    });
    sweeper.allow(['dynamodb:Query'], [this.ordersTableArn, this.indexArn(OPEN_ORDERS_INDEX)]);
    sweeper.allow(['dynamodb:PutItem'], [this.audit.tableArn]);
    sweeper.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], [this.ordersTableArn]);
    if (this.props.configuration.consistency === 'strong') {
      sweeper.allow(['dynamodb:Query'], [this.indexArn(DECIDED_ORDERS_INDEX)]);
      sweeper.allow(['dynamodb:DeleteItem'], [this.ordersTableArn]);
    }
    sweeper.allow(['execute-api:Invoke'], [this.paymentsArn('voids')]);
    sweeper.runEvery('SweepEveryMinute', Duration.millis(TIME_BUDGETS.sweepPeriodMs));
  }

  private regulationEnvironment(): Record<string, string> {
    return { STATE_TABLE: this.state.tableName, LOAD_SHEDDING: this.loadShedding };
  }

  private paymentsEnvironment(): Record<string, string> {
    return {
      PAYMENTS_HOST: this.props.witness.paymentsApi.host,
      PAYMENTS_REGION: this.props.configuration.witnessRegion,
    };
  }

  private paymentsArn(route: 'charges' | 'voids'): string {
    return this.formatArn({
      service: 'execute-api',
      region: this.props.configuration.witnessRegion,
      resource: this.props.witness.paymentsApi.api.apiId,
      resourceName: `$default/POST/${route}`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}
