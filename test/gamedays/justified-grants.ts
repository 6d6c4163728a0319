/** A grant that no game day uses, and why a function has it all the same. */
export interface JustifiedGrant {
  readonly functions: RegExp;
  readonly actions: readonly string[];
  /** @default - any */
  readonly resources?: RegExp;
  readonly reason: string;
}

/**
 * All there are. `find-unused-grants.ts` fails on a grant that is not listed and never used, and on an entry that justifies
 * nothing.
 */
export const JUSTIFIED_GRANTS: readonly JustifiedGrant[] = [
  {
    functions: /./,
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    reason:
      'Lambda itself writes what a function says, in the name of its role; the embedded cloud keeps no log groups.',
  },
  {
    functions: /-fulfilment$/,
    actions: ['sqs:GetQueueAttributes'],
    reason:
      'Lambda asks for it when an event source mapping is made (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html).',
  },
  {
    functions: /-responder$/,
    actions: ['sqs:SendMessage'],
    reason:
      'A move of dead letters sends in the name of whoever started it (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html).',
  },
  {
    functions: /-responder$/,
    actions: ['sqs:CancelMessageMoveTask'],
    reason: 'It ends a move that does harm, which no game day does; test/lambdas/responder.test.ts shows it.',
  },
  {
    functions: /-sweeper$/,
    actions: ['dynamodb:DeleteItem'],
    reason:
      'Under strong consistency it deletes orders ninety days after their outcome. No game day lasts so long; test/verify/retention.test.ts flies it.',
  },
  {
    functions: /-payments$/,
    actions: ['dynamodb:GetItem'],
    reason:
      'A provider can be asked what became of a payment. Nothing of ours does; a person who looks into a case may.',
  },
  {
    functions: /-(fulfilment|sweeper)$/,
    actions: ['dynamodb:PutItem'],
    resources: /-audit$/,
    reason:
      'They meet two outcomes of one order only if the provider takes back an answer, which no game day lets it do; readers meet them in both-regions-write.',
  },
];
