/** Who asks. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
}

export interface DeployedStack {
  /** As CloudFormation says it, such as UPDATE_COMPLETE. */
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Concurrency {
  /** Executions at the same time that the account may have in the region. */
  readonly limit: number;
  /** What of them no function has reserved for itself. */
  readonly unreserved: number;
}

export interface HostedZone {
  /** Without the dot at its end. */
  readonly name: string;
  readonly isPrivate: boolean;
}

/** CloudFormation's names of what has a name that we choose, once in a region. */
export type NamedType =
  | 'AWS::ApiGatewayV2::DomainName'
  | 'AWS::CloudWatch::Alarm'
  | 'AWS::CloudWatch::CompositeAlarm'
  | 'AWS::CloudWatch::Dashboard'
  | 'AWS::DynamoDB::GlobalTable'
  | 'AWS::Lambda::Function'
  | 'AWS::Logs::LogGroup'
  | 'AWS::SNS::Topic'
  | 'AWS::SQS::Queue';

/** Names of one type that templates choose in one region. */
export interface ChosenNames {
  readonly type: NamedType;
  readonly region: string;
  readonly names: readonly string[];
}

/**
 * What preflight asks an account for. Nothing of it changes anything.
 *
 * Each call throws what the SDK throws when it is denied, throttled or not answered; `undefined` means that there is no such
 * thing.
 */
export interface Account {
  identity(): Promise<Identity>;
  stack(region: string, stackName: string): Promise<DeployedStack | undefined>;
  /** The template of a stack as it was deployed, as JSON. */
  template(region: string, stackName: string): Promise<unknown>;
  concurrency(region: string): Promise<Concurrency>;
  /** Which of the names something has. */
  taken(names: ChosenNames): Promise<readonly string[]>;
  /** The types of the records that the zone has under that name. @param name without the dot at its end */
  recordTypes(hostedZoneId: string, name: string): Promise<readonly string[]>;
  zone(hostedZoneId: string): Promise<HostedZone | undefined>;
}
