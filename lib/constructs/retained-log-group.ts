import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../../blueprint/capacity';

export interface RetainedLogGroupProps {
  readonly stage: Stage;
  readonly logGroupName: string;
}

/** A log group that forgets, later in the stage `full`, where it also outlives its stack. */
export class RetainedLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, { stage, logGroupName }: RetainedLogGroupProps) {
    const kept = stage === 'full';
    super(scope, id, {
      logGroupName,
      retention: kept ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_WEEK,
      removalPolicy: kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
