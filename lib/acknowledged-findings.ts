import { Validations, type App } from 'aws-cdk-lib';

/** A finding of a rule pack that is meant to be so. */
export interface AcknowledgedFinding {
  /** With the name of its pack: without it a finding would be silenced and leave no record. */
  readonly id: `${'AwsSolutions' | 'Serverless'}::${string}`;
  /** Which constructs it is acknowledged for, by the path within the app. */
  readonly constructs: RegExp;
  readonly reason: string;
}

const SYNCHRONOUS = /\/(Intake|Query|Health|Payments|Fulfilment)\/Function$/;
const BY_THE_CLOCK = /\/(Sweeper|Observer|Probe)\/Function(\/EventInvokeConfig)?$/;
const WITHOUT_ACCESS_LOG = /\/(HealthApi|PaymentsApi)\/Api\/DefaultStage$/;
const NO_ACCESS_LOG =
  'Route 53 alone asks health 1.6 times a second, and its own metrics say what it was told; the stand-in for payments logs each decision itself.';

/**
 * What the rule packs of cdk-nag find in Tandem and why it stays. A test fails on a finding that is not listed, and on
 * an entry that no longer finds anything.
 */
export const ACKNOWLEDGED_FINDINGS: readonly AcknowledgedFinding[] = [
  { id: 'AwsSolutions::AwsSolutions-APIG1', constructs: WITHOUT_ACCESS_LOG, reason: NO_ACCESS_LOG },
  { id: 'Serverless::Serverless-APIGWAccessLogging', constructs: WITHOUT_ACCESS_LOG, reason: NO_ACCESS_LOG },
  {
    id: 'AwsSolutions::AwsSolutions-APIG4',
    constructs: /\/HealthApi\/Api\/GET--.*$/,
    reason: 'Health checkers cannot sign. The path cannot be guessed, and the answer is yes or no.',
  },
  {
    id: 'Serverless::Serverless-APIGWDefaultThrottling',
    constructs: /\/PublicApi\/Api\/DefaultStage$/,
    reason: 'Each route has a throttle of its own, sized to what stands behind it.',
  },
  {
    id: 'Serverless::Serverless-APIGWDefaultThrottling',
    constructs: /\/HealthApi\/Api\/DefaultStage$/,
    reason: 'A 429 would take the region out of DNS: whoever floods the path must not be able to ask for that.',
  },
  {
    id: 'Serverless::Serverless-APIGWDefaultThrottling',
    constructs: /\/PaymentsApi\/Api\/DefaultStage$/,
    reason: 'Only signed calls of our own functions arrive here, and their concurrency bounds them.',
  },
  {
    id: 'Serverless::Serverless-LambdaDLQ',
    constructs: SYNCHRONOUS,
    reason: 'Never invoked asynchronously: the caller learns of a failure, and the work queue has a dead-letter queue.',
  },
  {
    id: 'Serverless::Serverless-LambdaDLQ',
    constructs: BY_THE_CLOCK,
    reason: 'The event holds nothing but the time, and the next minute sends another.',
  },
  {
    id: 'Serverless::Serverless-LambdaAsyncFailureDestination',
    constructs: BY_THE_CLOCK,
    reason: 'The event holds nothing but the time, and the next minute sends another.',
  },
  {
    id: 'Serverless::Serverless-EventBusDLQ',
    constructs: /\/(Sweep|Observe|Probe)EveryMinute$/,
    reason: 'The event holds nothing but the time, and the next minute sends another.',
  },
  ...(['Serverless-LambdaDLQ', 'Serverless-LambdaAsyncFailureDestination', 'Serverless-EventBusDLQ'] as const).map(
    (rule) => ({
      id: `Serverless::${rule}` as const,
      constructs: /\/(Responder\/Function(\/EventInvokeConfig)?|RedriveOnRecovery|EvacuateOnFailure)$/,
      reason:
        'A change of an alarm that gets lost has told a person as well: the responder is never the only one to know.',
    }),
  ),
  {
    id: 'Serverless::Serverless-LambdaTracing',
    constructs: /\/Function$/,
    reason:
      'Every log line and every record carries the order id and the request id, which lead through both regions; traces would be sampled, and are billed on top.',
  },
  {
    id: 'Serverless::Serverless-SQSRedrivePolicy',
    constructs: /\/WorkQueue\/DeadLetters$/,
    reason: 'It is the dead-letter queue.',
  },
  {
    id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
    constructs: /\/WorkSource$/,
    reason: "For a queue the failed message goes to the queue's own dead-letter queue; a destination is for streams.",
  },
];

/** Write the reasons beside the findings, where every rule pack looks for them. */
export function acknowledgeFindings(app: App): void {
  for (const construct of app.node.findAll()) {
    for (const { id, constructs, reason } of ACKNOWLEDGED_FINDINGS) {
      if (constructs.test(`/${construct.node.path}`)) Validations.of(construct).acknowledge({ id, reason });
    }
  }
}
