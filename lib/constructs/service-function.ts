import { Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, Runtime, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CAPACITY, type Stage } from '../../blueprint/capacity';
import { functionName, logGroupName } from '../../blueprint/names';
import { serviceNamed, type ServiceName } from '../../blueprint/services';
import { bundledCode } from './bundled-code';
import { RetainedLogGroup } from './retained-log-group';

export interface ServiceFunctionProps {
  readonly stage: Stage;
  readonly service: ServiceName;
  /**
   * Environment variables beside those every service has.
   * @default - none
   */
  readonly environment?: Record<string, string>;
}

/**
 * One service of the blueprint as a Lambda function with a role and a log group of its own.
 *
 * The role starts with nothing but its own log group; `allow` adds what the service needs. The SDK is bundled, so
 * what was tested is what runs, and no update of the managed runtime can change it. There is no VPC (every dependency is
 * a public AWS endpoint under IAM), no layer (the package is one file) and no X-Ray (the correlation is the order id,
 * and a sampled trace would miss the order in question).
 */
export class ServiceFunction extends Construct {
  readonly function: IFunction;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const service = serviceNamed(props.service);
    const logGroup = new RetainedLogGroup(this, 'Logs', {
      stage: props.stage,
      logGroupName: logGroupName(props.stage, service.name),
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    const reserved = CAPACITY[props.stage].reservedConcurrency?.[service.name];
    this.function = new Function(this, 'Function', {
      functionName: functionName(props.stage, service.name),
      description: service.purpose,
      code: bundledCode(service.entry),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: service.memoryMb,
      timeout: Duration.seconds(service.timeoutSeconds),
      role: this.role,
      logGroup,
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
      ...(service.asyncRetries === undefined ? {} : { retryAttempts: service.asyncRetries }),
      environment: { POWERTOOLS_SERVICE_NAME: service.name, POWERTOOLS_LOG_LEVEL: 'WARN', ...props.environment },
    });
  }

  /**
   * Run the service again and again.
   * @param id of the rule, in the stack, and of the permission
   */
  runEvery(id: string, period: Duration): void {
    const stack = Stack.of(this);
    // The ready-made target puts the region into logical ids, and the regions would not be comparable.
    const rule = new Rule(stack, id, {
      description: `Runs the ${this.node.id.toLowerCase()}.`,
      schedule: Schedule.rate(period),
      targets: [{ bind: () => ({ arn: this.function.functionArn }) }],
    });
    this.function.addPermission(id, {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }

  /**
   * Run the service when an alarm of this region changes to a state.
   * @param id of the rule, in the stack, and of the permission
   */
  runOnAlarm(id: string, alarmName: string, state: 'ALARM' | 'OK'): void {
    const rule = new Rule(Stack.of(this), id, {
      description: `Runs the ${this.node.id.toLowerCase()} when ${alarmName} is ${state}.`,
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        detail: { alarmName: [alarmName], state: { value: [state] } },
      },
      targets: [{ bind: () => ({ arn: this.function.functionArn }) }],
    });
    this.function.addPermission(id, {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }

  /** Grant the service's role some actions on some resources. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPolicy(
      new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources] }),
    );
  }
}
