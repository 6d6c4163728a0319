import type { Kernel } from '../../kernel/kernel';
import type { RandomStream } from '../../kernel/random-stream';
import type { Network } from '../../network/network';
import type { Bundle } from '../../runtime/bundle';
import { ExecutionEnvironment } from '../../runtime/execution-environment';
import type { Iam } from '../iam/iam';
import type { EnvironmentFaults } from './environment-faults';

/** A function as the template describes it. */
export interface FunctionDefinition {
  readonly region: string;
  readonly functionName: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly runtime: string;
  /** For example `index.handler`. */
  readonly handler: string;
  readonly bundle: Bundle;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly logGroupName: string;
  /** @default - the function shares the account's unreserved concurrency */
  readonly reservedConcurrentExecutions?: number;
}

export interface FunctionParts {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly iam: Iam;
  readonly accountId: string;
  readonly onLogLine: (definition: FunctionDefinition, line: string) => void;
}

/** How an environment came to be and how it ends. */
export interface IdleEnvironment {
  readonly environment: ExecutionEnvironment;
  readonly idleSinceUs: number;
}

// Lambda does not publish how long it keeps an idle environment; minutes are what is commonly observed.
const IDLE_LIFETIME_US = 10 * 60_000_000;

/** One function and the execution environments it has warm. */
export class LambdaFunction {
  /** Invocations that run at this moment. */
  running = 0;
  /** Environments ever created: the number of cold starts. */
  createdEnvironments = 0;
  private idle: IdleEnvironment[] = [];

  /** The identity under which the function calls. */
  readonly identity: string;
  /** Chance of how long cold starts take. */
  readonly initTimes: RandomStream;
  /** Chance of how long invocations take. */
  readonly computeTimes: RandomStream;

  constructor(
    readonly definition: FunctionDefinition,
    private readonly parts: FunctionParts,
    private readonly faults: EnvironmentFaults,
  ) {
    this.identity = parts.iam.assumeRole(definition.roleArn, definition.functionName);
    this.initTimes = parts.kernel.random(`init/${definition.arn}`);
    this.computeTimes = parts.kernel.random(`compute/${definition.arn}`);
  }

  /** The most recently used warm environment, if there is one. */
  takeIdle(): ExecutionEnvironment | undefined {
    const { nowUs } = this.parts.kernel;
    if (this.idle.length > 0 && nowUs - this.idle[0]!.idleSinceUs > IDLE_LIFETIME_US) {
      for (const entry of this.idle) if (nowUs - entry.idleSinceUs > IDLE_LIFETIME_US) entry.environment.discard();
      this.idle = this.idle.filter((entry) => nowUs - entry.idleSinceUs <= IDLE_LIFETIME_US);
    }
    return this.idle.pop()?.environment;
  }

  putIdle(environment: ExecutionEnvironment): void {
    this.idle.push({ environment, idleSinceUs: this.parts.kernel.nowUs });
  }

  /** Throws away every warm environment, as a new deployment or the loss of the hosts does. */
  discardIdle(): void {
    for (const entry of this.idle) entry.environment.discard();
    this.idle = [];
  }

  /** A cold start: a new environment with the module evaluated. @throws what the module's top level throws */
  createEnvironment(): ExecutionEnvironment {
    const { definition, parts } = this;
    const ordinal = this.createdEnvironments++;
    return new ExecutionEnvironment({
      kernel: parts.kernel,
      network: parts.network,
      region: definition.region,
      epochMs: () => this.faults.epochMs(definition.region),
      bundle: definition.bundle,
      handlerName: definition.handler.slice(definition.handler.lastIndexOf('.') + 1),
      environmentVariables: this.environmentVariables(ordinal),
      functionName: definition.functionName,
      name: `${definition.arn}/${ordinal}`,
      onLogLine: (line) => parts.onLogLine(definition, line),
    });
  }

  // Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
  private environmentVariables(ordinal: number): Record<string, string> {
    const { definition, parts } = this;
    const credentials = parts.iam.credentialsOf(this.identity);
    return {
      AWS_REGION: definition.region,
      AWS_DEFAULT_REGION: definition.region,
      AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
      AWS_LAMBDA_FUNCTION_NAME: definition.functionName,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroupName,
      AWS_LAMBDA_LOG_STREAM_NAME: `[$LATEST]${ordinal}`,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      LAMBDA_TASK_ROOT: '/var/task',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
      _HANDLER: definition.handler,
      TZ: ':UTC',
      ...definition.environmentVariables,
    };
  }
}
