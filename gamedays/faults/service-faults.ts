import { datumResourceName } from '../../blueprint/names';
import type { NetworkFault } from '../../simulator';
import type { Fault, StepOf } from './fault';
import type { FailPayments, FailService } from './fault-step';
import { networkFault } from './network-faults';

type Effect = NetworkFault['effect'];

/**
 * The errors of a service that refuses for load. DynamoDB on demand: a ThrottlingException with status 400, which SDKs
 * repeat after a longer wait than other errors
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html).
 */
const THROTTLED: Readonly<Record<FailService['service'], string>> = {
  dynamodb: JSON.stringify({
    __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException',
    message: 'Throughput exceeds the current capacity of your table or index.',
  }),
  sqs: JSON.stringify({ __type: 'com.amazonaws.sqs#RequestThrottled', message: 'The request was throttled.' }),
};

const DOWN = JSON.stringify({ __type: 'InternalServerError', message: 'The request could not be processed.' });

function serviceEffect({ service, answer }: FailService): Effect {
  switch (answer) {
    case 'throttled':
      return { kind: 'answer', status: 400, body: THROTTLED[service] };
    case 'down':
      return { kind: 'answer', status: 500, body: DOWN };
    case 'executed-and-down':
      return { kind: 'replace-reply', status: 500, body: DOWN };
  }
}

export const failService = networkFault<StepOf<'fail-service'>>(
  ({ service, answer }) => `${service} is ${answer}`,
  ({ regions }, step) => [
    {
      select: { to: regions[step.region], service: step.service },
      effect: serviceEffect(step),
      probability: step.share,
    },
  ],
);

const NONSENSE = '<html><body>Everything is fine.</body></html>';

/** What a payment that is slow is late by, unless the step says so. */
const SLOW_MS = 3_000;

function paymentEffect({ answer, delayMs }: FailPayments): Effect {
  switch (answer) {
    case 'slow':
      return { kind: 'delay', delayMs: delayMs ?? SLOW_MS };
    case 'down':
      return { kind: 'answer', status: 503, body: 'Service Unavailable' };
    case 'nonsense':
      return { kind: 'answer', status: 200, body: NONSENSE };
    case 'executed-and-nonsense':
      return { kind: 'replace-reply', status: 200, body: NONSENSE };
  }
}

export const failPayments = networkFault<StepOf<'fail-payments'>>(
  ({ answer, delayMs = SLOW_MS }) =>
    answer === 'slow'
      ? `The payment provider takes ${Math.round(delayMs)} ms longer`
      : `The payment provider is ${answer}`,
  ({ regions }, step) =>
    ['POST /charges', 'POST /voids'].map((operation) => ({
      select: { to: regions.witness, service: 'execute-api', operation },
      effect: paymentEffect(step),
      probability: step.share,
    })),
);

/** What must never be called to fail over, and what a table is described by, which is a control plane call too. */
const CONTROL_PLANES: readonly { readonly service: string; readonly operation?: string }[] = [
  { service: 'route53' },
  { service: 'cloudformation' },
  { service: 'lambda' },
  { service: 'apigateway' },
  { service: 'dynamodb', operation: 'DescribeTable' },
];

export const failControlPlane = networkFault<StepOf<'fail-control-plane'>>(
  'The control planes of the region are down',
  ({ regions }, { region }) =>
    CONTROL_PLANES.map((select) => ({
      select: { ...select, to: regions[region] },
      effect: { kind: 'answer', status: 503, body: DOWN },
    })),
);

export const duplicateMessages: Fault<StepOf<'duplicate-messages'>> = {
  title: 'Queues hand out messages twice',
  apply: ({ cloud, regions }, { region, share }) => cloud.sqs.duplicateDeliveries(regions[region], share),
  heal: ({ cloud, regions }, { region }) => cloud.sqs.duplicateDeliveries(regions[region], 0),
};

/** What a worker finds in the message. */
const POISON = 'This is not JSON.';

export const poisonMessage: Fault<StepOf<'poison-message'>> = {
  title: 'The work queue holds a message that nobody can read',
  apply: ({ cloud, regions, stage }, { region }) =>
    cloud.sqs.send(`arn:aws:sqs:${regions[region]}:${cloud.accountId}:${datumResourceName(stage, 'work')}`, POISON),
  heal: () => undefined,
};
