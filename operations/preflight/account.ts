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
  hasTable(region: string, tableName: string): Promise<boolean>;
  hasQueue(region: string, queueName: string): Promise<boolean>;
  zone(hostedZoneId: string): Promise<HostedZone | undefined>;
}
