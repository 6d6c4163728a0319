import type { Stack } from 'aws-cdk-lib';
import type { Stage } from '../blueprint/capacity';
import type { DatumName } from '../blueprint/data';
import { datumResourceName } from '../blueprint/names';

/** The ARN of a table that another stack has made, by its name. @param region @default - the stack's own */
export const tableArn = (stack: Stack, stage: Stage, datum: DatumName, region = stack.region): string =>
  stack.formatArn({ service: 'dynamodb', region, resource: 'table', resourceName: datumResourceName(stage, datum) });
